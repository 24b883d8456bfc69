using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Mail;
using FormsFlow.Mail.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace FormsFlow.Tests.Adapters.Mail;

public sealed class MailOptionsTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_without_showing_a_secret()
    {
        var wrong = Failures(new()
        {
            ["Mail:From:Address"] = "not an address",
            ["Mail:ReplyTo:Address"] = "a@b.example, c@d.example",
            ["Mail:Smtp:Host"] = "https://smtp.example:587",
            ["Mail:Smtp:Port"] = "five",
            ["Mail:Smtp:Security"] = "Ssl3",
            ["Mail:Smtp:Password"] = "hunter2",
            ["Mail:Smtp:MaxConnections"] = "0",
            ["Mail:Smtp:TimeoutSeconds"] = "1",
        });

        foreach (var setting in (string[])["From:Address", "ReplyTo:Address", "Smtp:Host", "Smtp:Port", "Smtp:Security", "Smtp:User", "Smtp:MaxConnections", "Smtp:TimeoutSeconds"])
            Assert.Contains(wrong, message => message.StartsWith($"Mail:{setting} is", StringComparison.Ordinal));
        Assert.Contains("StartTls, Tls, None", string.Join('\n', wrong), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Join('\n', wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_was_copied_badly_is_noticed_and_not_shown()
    {
        var wrong = Failures(new()
        {
            ["Mail:From:Address"] = "solutions@district.example",
            ["Mail:Sender"] = "SendGrid",
            ["Mail:SendGrid:ApiKey"] = "SG.secret key",
            ["Mail:SendGrid:Host"] = "http://api.sendgrid.com",
        });

        Assert.Equal(2, wrong.Count);
        Assert.DoesNotContain("secret", string.Join('\n', wrong), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pickup_folder_holds_whole_messages_and_a_repeat_takes_the_place_of_the_first()
    {
        var folder = Directory.CreateTempSubdirectory("formsflow-mails-").FullName;
        try
        {
            Dictionary<string, string?> settings = new()
            {
                ["Mail:From:Address"] = " solutions@district.example ",
                ["Mail:From:Name"] = "Harlan Ridge ISD, \u201cSolutions\u201d",
                ["Mail:ReplyTo:Address"] = "office@district.example",
                ["Mail:Sender"] = "pickupfolder",
                ["Mail:PickupFolder:Path"] = Path.Combine(folder, "mails"),
            };
            // A second start must recognise what the first one wrote.
            for (var start = 0; start < 2; start++)
            {
                await using var services = Services(settings);
                var mailer = services.GetRequiredService<IMailer>();
                await mailer.SendAsync(SampleMails.Request(), Token);
                await mailer.SendAsync(SampleMails.Request(), Token);
                await mailer.SendAsync(SampleMails.Approved(), Token);
            }

            var files = Directory.GetFiles(Path.Combine(folder, "mails"));
            Assert.Equal(2, files.Length);
            Assert.All(files, file => Assert.EndsWith(".eml", file, StringComparison.Ordinal));
            var message = MimeMessage.Load(files.Order(StringComparer.Ordinal).First(file => MimeMessage.Load(file).Subject!.StartsWith("Please", StringComparison.Ordinal)));
            Assert.Equal("Harlan Ridge ISD, \u201cSolutions\u201d", message.From.Mailboxes.Single().Name);
            Assert.Equal("solutions@district.example", message.From.Mailboxes.Single().Address);
            Assert.Equal("office@district.example", message.ReplyTo.Mailboxes.Single().Address);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b@c")]
    [InlineData("ana@")]
    [InlineData("ana@district.example, bob@district.example")]
    [InlineData("ana@district.example\r\nBcc: all@district.example")]
    public async Task An_address_that_is_none_is_refused_before_anything_is_sent(string address)
    {
        var bench = new MailBench();

        var refused = await Assert.ThrowsAsync<MailRefusedException>(
            () => MailBench.Mailer(bench).SendAsync(SampleMails.Request() with { To = new Person("Ana", address) }, Token));

        Assert.Empty(bench.Sent);
        Assert.DoesNotContain("district.example", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  ana@district.example \t", "ana@district.example")]
    [InlineData("Ana Ruiz <ana@district.example>", "ana@district.example")]
    [InlineData("ana+forms@sub.district.example", "ana+forms@sub.district.example")]
    [InlineData("o'brien@district.example", "o'brien@district.example")]
    public async Task An_address_is_read_as_people_type_it(string typed, string read)
    {
        var mail = await MailBench.RenderAsync(SampleMails.Request() with { To = new Person("Ana", typed) });

        Assert.Equal(read, mail.To.Address);
    }

    [Fact]
    public async Task Nothing_about_a_person_is_logged()
    {
        var lines = new List<string>();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Lines(lines)));

        await MailBench.Mailer(new MailBench(), logger: loggers.CreateLogger<Mailer>()).SendAsync(SampleMails.Request(), Token);

        Assert.Equal("ReviewRequest FF-0/3/request-review/technology/1a2b3c4d handed over", Assert.Single(lines));
    }

    static IReadOnlyList<string> Failures(Dictionary<string, string?> settings)
    {
        using var services = Services(settings);
        return [.. Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<MailOptions>>().Value).Failures];
    }

    static ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection().AddLogging()
        .AddFormsFlowMail(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();

    sealed class Lines(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
