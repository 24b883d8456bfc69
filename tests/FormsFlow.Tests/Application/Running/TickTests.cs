using FormsFlow.Application.Intake;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Application.Running;

/// <summary>A host that is called at intervals: what one call does, and what it leaves to the next.</summary>
public sealed class TickTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backlog_that_does_not_fit_into_one_tick_is_carried_on_at_the_next()
    {
        const int backlog = 2000;
        await using var world = await World.CreateAsync();
        for (var i = 0; i < backlog; i++) world.Submit(i);
        // Half a second for each: 480 of them fill a tick.
        var intake = new ResponseIntake(
            world.Store, world.Sheet, world.Installation, world.Runner, new SlowEngine(world.Clock), world.Inspections, world.NewOwnership(), world.Clock, world.Logs.For<ResponseIntake>());
        var tick = new TickingProcess(world, cycle: new FormCycle(
            world.Store, intake, world.Inspector, world.Inspections, world.Publisher, world.Clock, world.Logs.For<FormCycle>())).Tick;
        var known = new List<int>();
        while (known.Count < 50 && known.LastOrDefault() < backlog)
        {
            await tick.RunAsync(Token);
            known.Add((await world.ListAsync()).Count);
        }

        Assert.Equal(backlog, known[^1]);
        Assert.True(known.Count > 1, "the backlog fitted into one tick");
        Assert.Equal(known.Order(), known);
        await world.AssertEachOnceAsync();
    }

    [Fact]
    public async Task A_turn_that_takes_longer_than_its_lease_is_not_begun_by_another_process_meanwhile()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        var intake = world.NewIntake();
        var other = new FormCycle(world.Store, intake, world.Inspector, world.Inspections, world.Publisher, world.Clock, world.Logs.For<FormCycle>());
        var attempts = new List<bool>();
        var asking = false;
        world.Sheet.BeforeCall = _ =>
        {
            if (asking) return;
            asking = true;
            // Three minutes pass while the sheet answers; the lease is for one.
            for (var i = 0; i < 9; i++)
            {
                var steps = world.Fuse.Steps;
                world.Clock.Advance(TimeSpan.FromSeconds(20));
                // The lease is prolonged by whoever has it, in a thread of its own.
                if (!SpinWait.SpinUntil(() => world.Fuse.Steps > steps, TimeSpan.FromSeconds(2)))
                {
                    // It had not begun to wait again when the clock went on; forty seconds are still within the lease.
                    world.Clock.Advance(TimeSpan.FromSeconds(20));
                    Assert.True(SpinWait.SpinUntil(() => world.Fuse.Steps > steps, TimeSpan.FromSeconds(30)));
                }

                attempts.Add(other.PublishAsync(TestDistrict.FormKey, Token).GetAwaiter().GetResult());
            }
        };
        Assert.True(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));
        Assert.Equal(9, attempts.Count);
        Assert.DoesNotContain(true, attempts);
        Assert.True(await other.PublishAsync(TestDistrict.FormKey, Token));
    }

    [Fact]
    public async Task Each_tick_that_has_not_read_every_sheet_says_so_for_as_long_as_that_lasts()
    {
        await using var world = await World.CreateAsync();
        var process = new TickingProcess(world);
        await TickAsync(process, unread: 0);
        world.Sheet.BeforeCall = _ => throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.Away, "Google answered 503.");
        for (var i = 1; i <= 3; i++) await TickAsync(process, unread: i);
        world.Sheet.BeforeCall = _ => throw new InvalidOperationException("nobody foresaw that");
        await Assert.ThrowsAsync<AggregateException>(() => TickAsync(process, unread: 4));
        Assert.Equal(4, Unread());

        // One that comes too late for its turn has read nothing; whoever had the turn says what came of it.
        world.Sheet.BeforeCall = null;
        await TickAsync(process, unread: 4);
        Assert.False(await new TickingProcess(world).Tick.RunAsync(Token));
        Assert.Equal(5, Unread());

        async Task TickAsync(TickingProcess ticking, int unread)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            var ticks = world.Logs.Lines.Count(line => line.Event == 1534);
            await ticking.Tick.RunAsync(Token);
            Assert.Equal(ticks + 1, world.Logs.Lines.Count(line => line.Event == 1534));
            Assert.Equal(unread, Unread());
        }

        int Unread() => world.Logs.Lines.Count(line => line.Event == 1542);
    }

    [Fact]
    public async Task The_sweep_wakes_what_is_late_and_leaves_what_fell_due_a_moment_ago()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Engine.Woken.Clear();
        var sweep = SweepOf(world);
        Assert.Equal(0, await sweep.RunAsync(Token));
        world.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(1, await sweep.RunAsync(Token));
        Assert.Equal(id, Assert.Single(world.Engine.Woken));
    }

    [Fact]
    public async Task The_sweep_finds_an_undone_effect_an_unfolded_fact_and_a_deadline_that_passed()
    {
        await using var world = await World.CreateAsync();
        var (undone, told, late) = (await world.TakeInAsync(TestResponse.Number(1)), await world.TakeInAsync(TestResponse.Number(2)), await world.TakeInAsync(TestResponse.Number(3)));
        await world.StepAsync(told);
        await world.StepAsync(late);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([undone], await WokenAsync(world));

        await world.StepAsync(undone);
        Assert.Empty(await WokenAsync(world));
        await world.Store.PostAsync(told, new Fact("f", new Command.ReportFailure("7/remind-reviewer/technology/x", "the reminder", "no such mailbox", world.Clock.GetUtcNow())), Token);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([told], await WokenAsync(world));

        await world.DrainAsync();
        world.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equivalent(new[] { undone, told, late }, await WokenAsync(world), strict: true);
    }

    [Fact]
    public async Task An_engine_that_cannot_be_reached_stops_no_sweep()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 3; i++) await world.TakeInAsync(TestResponse.Number(i));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Engine.Woken.Clear();
        world.Engine.Failure = new IOException("nobody answers");
        Assert.Equal(3, await SweepOf(world).RunAsync(Token));
        Assert.Equal(3, world.Engine.Woken.Distinct().Count());
    }

    [Fact]
    public async Task A_sheet_that_cannot_be_used_is_reported_and_the_sweep_goes_on_until_it_works_again()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Engine.Woken.Clear();
        var process = new TickingProcess(world);
        world.Sheet.BeforeCall = _ => throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.Credentials, "The key was refused; put a new one into Google:Credentials.");
        await process.Tick.RunAsync(Token);
        await process.Tick.RunAsync(Token);
        Assert.Contains(id, world.Engine.Woken);
        Assert.Equal("sheet/software", Assert.Single(process.Troubles.Current).Key);
        Assert.Single(world.Logs.Lines, line => line.Event == 1401);
        Assert.Single(world.Mailer.Of<MailMessage.InstallationNotice>());

        world.Sheet.BeforeCall = null;
        await process.Tick.RunAsync(Token);
        Assert.Empty(process.Troubles.Current);
        Assert.NotEmpty(world.Sheet.Text("response 1", OwnColumns.Status));
    }

    [Fact]
    public async Task What_fails_for_a_reason_nobody_foresaw_fails_the_tick_after_the_sweep_was_done()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Engine.Woken.Clear();
        world.Sheet.BeforeCall = _ => throw new InvalidOperationException("nobody foresaw this");
        var process = new TickingProcess(world);
        for (var i = 0; i < 3; i++) await Assert.ThrowsAsync<AggregateException>(() => process.Tick.RunAsync(Token));
        Assert.Contains(id, world.Engine.Woken);
        Assert.Single(process.Troubles.Current);
        Assert.Single(world.Logs.Lines, line => line.Event == 1532);
    }

    static async Task<List<ProposalId>> WokenAsync(World world)
    {
        world.Engine.Woken.Clear();
        await SweepOf(world).RunAsync(Token);
        return [.. world.Engine.Woken];
    }

    static Sweep SweepOf(World world) => new TickingProcess(world).Sweep;

    /// <summary>An engine that takes its time to be woken.</summary>
    sealed class SlowEngine(FakeTimeProvider clock) : IProcessEngine
    {
        readonly Lock _lock = new();

        public Task WakeAsync(ProposalId id, CancellationToken cancellationToken)
        {
            lock (_lock) clock.Advance(TimeSpan.FromSeconds(0.5));
            return Task.CompletedTask;
        }
    }
}
