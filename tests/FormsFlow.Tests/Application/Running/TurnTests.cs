using FormsFlow.Application.Running;
using FormsFlow.Tests.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Application.Running;

/// <summary>A form's turn belongs to whoever has its lease, and to nobody for a moment longer.</summary>
public sealed class TurnTests
{
    static readonly TimeSpan Lease = TurnOptions.GivenBack.Lease;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prolongation_that_fails_is_tried_again_and_the_turn_goes_on()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        var (timers, other) = (new CountedTimers(world.Clock), TickingProcess.CycleOver(world, world.Store));
        AtTheFirstCall(world, () =>
        {
            world.Fuse.Set(1, after: false);
            timers.Advance(Lease / 3);
            world.Fuse.Set(int.MaxValue, after: false);
            world.Clock.Advance(Lease / 10);
            Until(() => world.Fuse.Steps > 0);
            // The lease that the turn began with would be over by then.
            world.Clock.Advance(Lease * 0.6);
            Assert.False(other.PublishAsync(TestDistrict.FormKey, Token).GetAwaiter().GetResult());
        });

        Assert.True(await CycleOver(world, timers).RunAsync(TestDistrict.FormKey, Token));
        Assert.Single(await world.ListAsync());
        Assert.Single(world.Logs.Lines, line => line.Event == 1404);
        Assert.DoesNotContain(world.Logs.Lines, line => line.Event == 1405);
    }

    [Fact]
    public async Task Whoever_waits_for_the_turn_of_a_process_that_died_says_once_until_when_and_goes_on_then()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        Assert.True(await world.Store.TryLeaseAsync("cycle/software", "killed", world.Clock.GetUtcNow(), Lease, Token));
        for (var i = 0; i < 3; i++) Assert.False(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));

        var said = Assert.Single(world.Logs.Lines, line => line.Event == 1407);
        Assert.Contains($"ends at {world.Clock.GetUtcNow() + Lease:u} at the latest", said.Text, StringComparison.Ordinal);
        world.Clock.Advance(Lease);
        Assert.True(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));
        Assert.Single(await world.ListAsync());
    }

    [Fact]
    public async Task A_turn_whose_lease_is_taken_by_another_stops()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        AtTheFirstCall(world, () =>
        {
            // By a clock that is ahead.
            Assert.True(world.Store.TryLeaseAsync("cycle/software", "another", world.Clock.GetUtcNow() + Lease, Lease, Token).GetAwaiter().GetResult());
            world.Clock.Advance(Lease / 3);
            Until(() => world.Logs.Lines.Any(line => line.Event == 1405));
        });

        Assert.Equal(TurnResult.NotMine, await world.Cycle.RunAsync(TestDistrict.FormKey, isBehind: true, Token));
        Assert.Empty(await world.ListAsync());
        Assert.False(await world.Store.TryLeaseAsync("cycle/software", "a third", world.Clock.GetUtcNow(), Lease, Token));
    }

    [Fact]
    public async Task A_turn_whose_lease_cannot_be_prolonged_stops_before_it_lapses()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        var (timers, begun) = (new CountedTimers(world.Clock), world.Clock.GetUtcNow());
        AtTheFirstCall(world, () =>
        {
            world.Fuse.Set(1, after: false);
            timers.Advance(Lease / 3);
            while (world.Logs.Lines.All(line => line.Event != 1405)) timers.Advance(Lease / 10, () => world.Logs.Lines.Any(line => line.Event == 1405));
            Assert.InRange(world.Clock.GetUtcNow() - begun, Lease / 2, Lease - TimeSpan.FromSeconds(1));
            world.Fuse.Set(int.MaxValue, after: false);
        });

        Assert.Equal(TurnResult.NotMine, await CycleOver(world, timers).RunAsync(TestDistrict.FormKey, isBehind: true, Token));
        Assert.Single(world.Logs.Lines, line => line.Event == 1404);
        Assert.Empty(await world.ListAsync());
    }

    [Fact]
    public async Task A_turn_that_is_left_to_lapse_is_the_next_one_s_of_the_same_process_at_once_and_of_another_after_it()
    {
        await using var world = await World.CreateAsync();
        var (first, second) = (TickingProcess.CycleOver(world, world.Store), TickingProcess.CycleOver(world, world.Store));
        Assert.True(await first.RunAsync(TestDistrict.FormKey, Token));
        Assert.True(await first.RunAsync(TestDistrict.FormKey, Token));
        Assert.False(await second.RunAsync(TestDistrict.FormKey, Token));
        world.Clock.Advance(TurnOptions.Lapsing.Lease);
        Assert.True(await second.RunAsync(TestDistrict.FormKey, Token));
    }

    static FormCycle CycleOver(World world, TimeProvider time) =>
        TickingProcess.CycleOver(world, new CrashingStore(world.Store, world.Fuse), TurnOptions.GivenBack, time);

    /// <summary>Something happens while the sheet answers.</summary>
    static void AtTheFirstCall(World world, Action happen)
    {
        var first = true;
        world.Sheet.BeforeCall = _ =>
        {
            if (!first) return;
            first = false;
            happen();
        };
    }

    /// <summary>A lease is prolonged in a thread of its own.</summary>
    static void Until(Func<bool> isSo) => Assert.True(SpinWait.SpinUntil(isSo, TimeSpan.FromSeconds(30)));

    /// <summary>A clock that goes on only when whoever waited for it waits again.</summary>
    sealed class CountedTimers(FakeTimeProvider inner) : TimeProvider
    {
        int _set;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override long GetTimestamp() => inner.GetTimestamp();

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = inner.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _set);
            return timer;
        }

        public void Advance(TimeSpan step, Func<bool>? orElse = null)
        {
            var before = Volatile.Read(ref _set);
            inner.Advance(step);
            Until(() => Volatile.Read(ref _set) > before || orElse?.Invoke() == true);
        }
    }
}
