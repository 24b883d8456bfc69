using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Running;

/// <summary>The administrators hear of each cause once.</summary>
public class TroubleNoticesTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Causes_that_take_turns_are_each_told_once_also_by_the_next_process()
    {
        await using var world = await World.CreateAsync();
        for (var process = 0; process < 3; process++)
        {
            world.Restart();
            var notices = Notices(world);
            for (var turn = 0; turn < 10; turn++)
            {
                world.Troubles.Report("sheet/software", turn % 2 == 0 ? "The sheet is not shared." : "The key was refused.", passes: false);
                Assert.True(await notices.TellAsync(Token));
                world.Clock.Advance(TimeSpan.FromMinutes(5));
            }
        }

        Assert.Equal(["The sheet is not shared.", "The key was refused."], world.Mailer.Of<MailMessage.InstallationNotice>().Select(mail => mail.What));
    }

    [Fact]
    public async Task Two_processes_that_meet_the_same_trouble_send_one_mail()
    {
        await using var world = await World.CreateAsync();
        world.Troubles.Report("sheet/software", "The sheet is not shared.", passes: false);
        var (first, second) = (Notices(world), Notices(world));
        bool? saidSecond = null;
        world.Mailer.Before = _ =>
        {
            world.Mailer.Before = null;
            saidSecond = second.TellAsync(Token).GetAwaiter().GetResult();
        };

        Assert.True(await first.TellAsync(Token));
        Assert.False(saidSecond);
        Assert.True(await second.TellAsync(Token));
        Assert.Single(world.Mailer.Mails);
    }

    [Fact]
    public async Task What_could_not_be_mailed_is_mailed_later()
    {
        await using var world = await World.CreateAsync();
        world.Troubles.Report("sheet/software", "The sheet is not shared.", passes: false);
        world.Mailer.Before = _ => throw new IOException("nobody answers");
        var notices = Notices(world);
        Assert.False(await notices.TellAsync(Token));
        world.Mailer.Before = null;
        Assert.True(await notices.TellAsync(Token));
        Assert.True(await notices.TellAsync(Token));
        Assert.Single(world.Mailer.Mails);
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_keeps_no_mail_back()
    {
        await using var world = await World.CreateAsync();
        world.Troubles.Report("sheet/software", "The sheet is not shared.", passes: false);
        world.Fuse.Set(1, after: false);
        var notices = Notices(world);
        Assert.True(await notices.TellAsync(Token));
        Assert.True(await notices.TellAsync(Token));
        Assert.Single(world.Mailer.Mails);
    }

    [Fact]
    public async Task What_was_told_by_a_clock_that_was_ahead_is_told_again_when_it_happens_again()
    {
        await using var world = await World.CreateAsync();
        var right = world.Clock.GetUtcNow();
        world.Clock.AdjustTime(right.AddDays(100));
        var notices = Notices(world);
        world.Troubles.Report("sheet/software", "The sheet is not shared.", passes: false);
        await notices.TellAsync(Token);
        world.Troubles.Solve("sheet/software");

        world.Clock.AdjustTime(right.AddDays(30));
        world.Troubles.Report("sheet/software", "The sheet is not shared.", passes: false);
        await notices.TellAsync(Token);

        Assert.Equal(2, world.Mailer.Mails.Count);
    }

    [Fact]
    public async Task Causes_that_take_turns_at_a_sheet_are_each_logged_once_until_it_works_again()
    {
        await using var world = await World.CreateAsync();
        for (var outage = 1; outage <= 2; outage++)
        {
            for (var turn = 0; turn < 9; turn++)
            {
                var cause = $"It answered {(turn % 3 == 0 ? 500 : 503)}.";
                world.Sheet.BeforeCall = _ => throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.Away, cause);
                Assert.False(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));
            }

            world.Sheet.BeforeCall = null;
            Assert.True(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));
            Assert.Equal(2 * outage, world.Logs.Lines.Count(line => line.Event == 1401));
            Assert.Equal(outage, world.Logs.Lines.Count(line => line.Event == 1402));
        }
    }

    /// <summary>As a process has them: over the store behind the fuse.</summary>
    static TroubleNotices Notices(World world) => new(
        world.Troubles, new CrashingStore(world.Store, world.Fuse), world.Mailer, world.Installation, world.Clock, world.Logs.For<TroubleNotices>());
}
