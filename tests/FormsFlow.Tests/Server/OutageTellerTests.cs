using FormsFlow.Application.Mailing;
using FormsFlow.Application.Running;
using FormsFlow.Server.Watching;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Server;

public sealed class OutageTellerTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_looks_each_minute_whether_an_outage_is_to_be_told_and_a_store_that_is_away_meanwhile_does_not_end_that()
    {
        await using var world = await World.CreateAsync();
        world.Fuse.Set(1, after: false);
        world.Troubles.Report($"sheet/{TestDistrict.FormKey}", "Google answered 503.", passes: true);
        using var teller = new OutageTeller(
            new OutageNotices(world.Troubles, new CrashingStore(world.Store, world.Fuse), world.Mailer, world.Installation, world.Clock, world.Logs.For<OutageNotices>()),
            world.Clock, world.Logs.For<OutageTeller>());
        await teller.StartAsync(Token);
        await PassAsync("it has met the store that is away", () => world.Fuse.Blown);
        Assert.Empty(world.Mailer.Mails);

        world.Fuse.Set(int.MaxValue, after: false);
        await PassAsync("it has told", () => world.Mailer.Mails.Count > 0);
        Assert.Null(Assert.Single(world.Mailer.Of<MailMessage.OutageNotice>()).Over);
        await teller.StopAsync(Token);

        Task PassAsync(string what, Func<bool> isThere) => Eventually.Async(what, () =>
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            return Task.FromResult(isThere() ? "" : null);
        });
    }
}
