using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Publishing;

/// <summary>What stands above the dashboard's lines, and when it is written though no proposal changed.</summary>
public sealed class DashboardHeadTests
{
    [Fact]
    public async Task Who_is_in_review_for_as_long_as_a_delay_may_last_is_late_until_it_is_decided()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.TakeInAsync(TestResponse.Number(2));
        await world.PublishAsync();
        Assert.Equal(0, Late(world));

        // Eight working days after Monday, at eight: the moment of the escalation, before anybody has noticed it.
        world.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 12, 12, 59, 0, TimeSpan.Zero));
        await world.PublishAsync();
        Assert.Equal(0, Late(world));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Sheet.Forget();
        await world.PublishAsync();
        Assert.Equal(2, Late(world));
        Assert.Equal(["dashboard"], world.Sheet.Calls);
        Assert.Empty(world.Sheet.LastDashboard!.Lines);

        await world.VoteAsync(id, DistrictProcedure.Business, Choice.Deny);
        await world.PublishAsync();
        Assert.Equal(1, Late(world));
    }

    [Fact]
    public async Task Nothing_is_written_while_nothing_above_the_lines_changes_also_after_a_restart()
    {
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        world.Troubles.Report("mail", "The password is wrong.", passes: false);
        await world.PublishAsync();
        world.Sheet.Forget();
        for (var day = 0; day < 5; day++)
        {
            await world.PublishAsync();
            world.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Empty(world.Sheet.Calls);
        world.Troubles.Solve("mail");
        await world.PublishAsync();
        world.Restart();
        world.Sheet.Forget();
        await world.PublishAsync();
        Assert.Empty(world.Sheet.Calls);
    }

    [Fact]
    public async Task A_trouble_that_needs_a_hand_is_written_once_and_taken_away_when_it_is_over()
    {
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        await world.PublishAsync();
        world.Sheet.Forget();
        world.Troubles.Report("mail", "The server does not take the password;\nsee Mail:Smtp:Password.", passes: false);
        world.Troubles.Report("store", "The disk is slow.", passes: true);
        world.Troubles.Report($"sheet/{TestDistrict.FormKey}", "Not shared.", passes: false);
        world.Troubles.Report("sheet/other", "The sheet of form other is not shared.", passes: false);
        for (var i = 0; i < 3; i++) await world.PublishAsync();
        Assert.Equal(["dashboard"], world.Sheet.Calls);
        Assert.Equal(
            [
                "No mail goes out since Mar 2, 2026, 9:00 AM: The server does not take the password; see Mail:Smtp:Password.",
                "Needs a hand since Mar 2, 2026, 9:00 AM: The sheet of form other is not shared.",
            ], world.Sheet.LastDashboard!.Notices);

        world.Troubles.Solve("sheet/other");
        world.Troubles.Solve(WatchedMailer.Key);
        for (var i = 0; i < 3; i++) await world.PublishAsync();
        Assert.Equal(["dashboard", "dashboard"], world.Sheet.Calls);
        Assert.Empty(world.Sheet.LastDashboard!.Notices);
    }

    [Fact]
    public async Task A_line_that_was_left_by_a_process_that_stopped_is_taken_away_by_the_next()
    {
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        world.Troubles.Report("mail", "The password is wrong.", passes: false);
        await world.PublishAsync();
        Assert.Single(world.Sheet.LastDashboard!.Notices);

        world.Restart();
        await world.PublishAsync();
        Assert.Empty(world.Sheet.LastDashboard!.Notices);
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_at_the_next_turn()
    {
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        await world.PublishAsync();
        world.Troubles.Report("mail", "The password is wrong.", passes: false);
        world.Sheet.BeforeCall = _ => throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.NotShared, "not shared");
        await Assert.ThrowsAsync<SheetUnavailableException>(world.PublishAsync);
        world.Sheet.BeforeCall = null;
        await world.PublishAsync();
        Assert.Single(world.Sheet.LastDashboard!.Notices);
    }

    static int Late(World world) => world.Sheet.LastDashboard!.Summary.Single(figure => figure.Label == DashboardFigure.Late).Count;
}
