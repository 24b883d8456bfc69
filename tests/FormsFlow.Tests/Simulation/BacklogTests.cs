namespace FormsFlow.Tests.Simulation;

/// <summary>Ten thousand responses wait when FormsFlow is first let near a sheet, and the machine is switched off in the middle.</summary>
public class BacklogTests
{
    const int Responses = 10_000;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_responses_are_taken_in_and_shown_though_processes_die_and_people_sort_in_between()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < Responses; i++) world.Submit(i);

        world.Fuse.Set(7_000, after: true);
        await Assert.ThrowsAnyAsync<Exception>(() => world.Cycle.RunAsync(TestDistrict.FormKey, Token));
        Assert.InRange((await world.ListAsync()).Count, 1, Responses - 1);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        world.Restart();
        world.Sheet.Sort(1);
        world.Sheet.InsertBlank(5_000);
        world.Sheet.MoveColumn(12, 3);
        world.Sheet.Forget();

        await world.PollAsync();
        var calls = world.Sheet.Calls.Count;
        await world.PublishAsync();

        Assert.InRange(calls, 10, 90);
        Assert.InRange(world.Sheet.Calls.Count - calls, 1, 4);
        await world.AssertEachOnceAsync();
        await world.AssertStatusesInTheirRowsAsync();
        Assert.Equal(Responses, world.Sheet.DashboardLines.Count);

        // The hour's inspection is due; then it is quiet.
        Assert.True(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));
        world.Sheet.Forget();
        Assert.True(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));
        Assert.Equal(["glance"], world.Sheet.Calls);
    }
}
