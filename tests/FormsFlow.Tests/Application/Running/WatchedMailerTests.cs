using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Running;

/// <summary>When a mail that is put off says something of the mail service, and when of its recipient alone.</summary>
public class WatchedMailerTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_mailbox_that_puts_off_mail_again_and_again_holds_up_no_other()
    {
        await using var world = await World.CreateAsync();
        var service = new Service { Answer = to => to.StartsWith("busy", StringComparison.Ordinal) ? PutOff : null };
        using var mailer = Watched(world, service);

        for (var i = 0; i < 20; i++) await Assert.ThrowsAsync<MailDelayedException>(() => SendAsync(mailer, i % 2 == 0 ? "busy@pinecreek.example" : "busy@PineCreek.example"));
        await SendAsync(mailer, "ada@pinecreek.example");

        Assert.Equal(21, service.Asked);
        Assert.Empty(world.Troubles.Current);
    }

    [Fact]
    public async Task A_service_that_puts_off_three_mailboxes_in_a_row_is_left_alone_until_it_takes_mail_again()
    {
        await using var world = await World.CreateAsync();
        var service = new Service { Answer = _ => PutOff };
        using var mailer = Watched(world, service);
        foreach (var who in (string[])["a", "b", "c"]) await Assert.ThrowsAsync<MailDelayedException>(() => SendAsync(mailer, $"{who}@pinecreek.example"));

        await Assert.ThrowsAsync<MailDelayedException>(() => SendAsync(mailer, "d@pinecreek.example"));

        Assert.Equal(3, service.Asked);
        Assert.Equal(WatchedMailer.Key, Assert.Single(world.Troubles.Current).Key);
        service.Answer = _ => null;
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(mailer, "d@pinecreek.example");
        Assert.Empty(world.Troubles.Current);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_left_alone_whoever_is_mailed()
    {
        await using var world = await World.CreateAsync();
        var service = new Service { Answer = _ => new MailDelayedException("The mail server cannot be reached.") };
        using var mailer = Watched(world, service);

        for (var i = 0; i < 4; i++) await Assert.ThrowsAsync<MailDelayedException>(() => SendAsync(mailer, "ada@pinecreek.example"));

        Assert.Equal(3, service.Asked);
        Assert.Single(world.Troubles.Current);
    }

    static MailDelayedException PutOff => new("450 not now") { IsOfMailbox = true };

    static WatchedMailer Watched(World world, Service service) => new(service, world.Troubles, world.Clock, world.Logs.For<WatchedMailer>());

    static Task SendAsync(WatchedMailer mailer, string to) =>
        mailer.SendAsync(new MailMessage.TestMail("test", new Person("", to), Facts.OfNone(TestDistrict.Installation, TestDistrict.Monday)), Token);

    sealed class Service : IMailer
    {
        public required Func<string, Exception?> Answer { get; set; }

        public int Asked { get; private set; }

        public Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
        {
            Asked++;
            return Answer(mail.To.Address) is { } failure ? Task.FromException(failure) : Task.CompletedTask;
        }
    }
}
