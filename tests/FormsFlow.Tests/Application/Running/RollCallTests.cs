using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Running;

/// <summary>An engine may lose a proposal for which nothing is due; once an hour it is given all of them again.</summary>
public sealed class RollCallTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_an_hour_every_open_proposal_is_woken_due_or_not_whichever_process_ticks()
    {
        await using var world = await World.CreateAsync();
        var (first, second, denied) = (await world.TakeInAsync(TestResponse.Number(1)), await world.TakeInAsync(TestResponse.Number(2)), await world.TakeInAsync(TestResponse.Number(3)));
        await world.VoteAsync(denied, DistrictProcedure.Business, Choice.Deny);
        await world.DrainAsync();
        var process = new TickingProcess(world);
        world.Engine.Woken.Clear();
        await process.Tick.RunAsync(Token);
        Assert.Equivalent(new[] { first, second }, world.Engine.Woken, strict: true);

        world.Engine.Woken.Clear();
        for (var minute = 1; minute < 60; minute++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            await (minute == 30 ? new TickingProcess(world) : process).Tick.RunAsync(Token);
        }

        Assert.Empty(world.Engine.Woken);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = new TickingProcess(world);
        await next.Tick.RunAsync(Token);
        await process.Tick.RunAsync(Token);
        Assert.Equivalent(new[] { first, second }, world.Engine.Woken, strict: true);
    }

    [Fact]
    public async Task A_clock_that_was_ahead_puts_it_off_for_no_longer_than_an_hour()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        var process = new TickingProcess(world);
        var right = world.Clock.GetUtcNow();
        world.Clock.AdjustTime(right.AddDays(1));
        await process.RollCall.RunAsync(Token);
        world.Clock.AdjustTime(right);
        world.Engine.Woken.Clear();
        await process.RollCall.RunAsync(Token);
        Assert.Equal([id], world.Engine.Woken);
    }
}
