using System.Threading.Channels;
using FormsFlow.Application.Intake;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Server.Engine;
using FormsFlow.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Serving;

/// <summary>How often each form's sheet is looked at, in good times and bad.</summary>
public sealed class SheetLoopTests
{
    static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sheet_that_cannot_be_used_is_looked_at_less_often_and_the_others_as_before()
    {
        await using var loop = await TwoForms.StartAsync();
        loop.Break("b");
        await loop.PassAsync(TimeSpan.FromMinutes(60));

        // Once a minute, 60 times; a turn takes no time here.
        Assert.InRange(loop.Turns("a").Count, 55, 62);
        var pauses = Pauses(loop.Turns("b"));
        // One after the last good look, then 60, 120, 240, then every 300 seconds, each give or take a fifth and the clock's step.
        Assert.InRange(pauses[0].TotalSeconds, 60, 65);
        Assert.InRange(pauses[1].TotalSeconds, 48, 78);
        Assert.InRange(pauses[2].TotalSeconds, 96, 150);
        Assert.InRange(pauses[3].TotalSeconds, 192, 294);
        Assert.All(pauses.Skip(4), pause => Assert.InRange(pause.TotalSeconds, 240, 366));
        Assert.True(pauses.Skip(4).Distinct().Count() > 1, "the pauses are spread");
        Assert.Equal("sheet/b", Assert.Single(loop.World.Troubles.Current).Key);
        Assert.Single(loop.World.Logs.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_nudge_looks_at_once_also_where_it_failed_and_a_sheet_that_works_again_is_back_in_step()
    {
        await using var loop = await TwoForms.StartAsync();
        loop.Break("b");
        await loop.PassAsync(TimeSpan.FromMinutes(30));
        loop.Mend("b");
        var before = loop.Turns("b").Count;
        loop.Loop.Nudge();
        await Eventually.IsTrueAsync("the nudge is followed", () => loop.Turns("b").Count > before);
        await Eventually.IsTrueAsync("the trouble is over", () => loop.World.Troubles.Current.Count == 0);

        await loop.PassAsync(TimeSpan.FromMinutes(10));
        Assert.All(Pauses(loop.Turns("b").Skip(before + 1)), pause => Assert.InRange(pause.TotalSeconds, 55, 75));
    }

    [Fact]
    public async Task A_sheet_that_hangs_holds_up_no_other()
    {
        await using var loop = await TwoForms.StartAsync();
        using var hanging = loop.Hang("b");
        await loop.PassAsync(TimeSpan.FromMinutes(10));
        Assert.InRange(loop.Turns("a").Count, 9, 12);
    }

    [Fact]
    public async Task A_change_is_published_after_a_moment_and_not_into_a_sheet_that_cannot_be_used()
    {
        await using var loop = await TwoForms.StartAsync();
        loop.Break("b");
        await loop.PassAsync(TimeSpan.FromMinutes(5));
        await loop.World.TakeInAsync(TestResponse.Number(1));
        await loop.World.TakeInAsync(TestResponse.Number(2));
        var failed = loop.Turns("b").Count;
        loop.Signal.Raise();
        loop.Signal.Raise();
        await Eventually.IsTrueAsync("the sheet shows both", () =>
        {
            loop.World.Clock.Advance(TimeSpan.FromMilliseconds(500));
            return loop.World.Sheet.Text("response 2", OwnColumns.Status).Length > 0 && loop.World.Sheet.Text("response 1", OwnColumns.Status).Length > 0;
        });
        Assert.Equal(failed, loop.Turns("b").Count);
    }

    [Theory]
    [InlineData(0.2, -0.2)]
    [InlineData(1, 3)]
    [InlineData(2.5, 9)]
    [InlineData(60, 10)]
    public void A_sheet_is_left_alone_for_four_times_as_long_as_publishing_took_but_not_for_minutes(double publishing, double rest) => Assert.Equal(
        TimeSpan.FromSeconds(rest),
        new SheetLoopOptions(PollEvery, GatherFor: TimeSpan.FromSeconds(1)).RestAfter(TimeSpan.FromSeconds(publishing)));

    [Fact]
    public async Task A_publishing_that_waited_behind_a_look_that_failed_does_not_make_the_sheet_usable()
    {
        await using var world = await World.CreateAsync();
        world.Sheet.BeforeCall = _ => throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.Away, "Google is away.");
        Assert.False(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));

        Assert.False(await world.Cycle.PublishAsync(TestDistrict.FormKey, Token));

        Assert.Single(world.Cycle.Troubles);
        world.Sheet.BeforeCall = null;
        Assert.True(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));
        Assert.Empty(world.Cycle.Troubles);
    }

    [Fact]
    public async Task Who_has_not_had_a_turn_does_not_know_that_the_sheet_can_be_used()
    {
        await using var world = await World.CreateAsync();
        world.Troubles.Report($"sheet/{TestDistrict.FormKey}", "Google was away before the restart.", passes: true);
        Assert.True(await world.Store.TryLeaseAsync($"cycle/{TestDistrict.FormKey}", "the process before", world.Clock.GetUtcNow(), TimeSpan.FromSeconds(60), Token));
        var loop = new FormLoop(TestDistrict.FormKey, world.Cycle, world.Troubles, new StoreWatch(world.Troubles, world.Logs.For<StoreWatch>()), new SheetLoopOptions(PollEvery, TimeSpan.Zero), world.Clock, world.Logs.For<SheetLoop>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = loop.RunAsync(stop.Token);

        // The second look comes after the first has been judged.
        await Eventually.IsTrueAsync("another has the turn", () =>
        {
            loop.Nudge();
            world.Clock.Advance(TimeSpan.FromSeconds(5));
            return world.Logs.Lines.Count(line => line.Event == 1403) >= 2;
        });

        Assert.Single(world.Troubles.Current);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Many_nudges_are_a_look_every_five_seconds_and_none_is_lost()
    {
        await using var loop = await TwoForms.StartAsync();
        loop.World.Sheet.Forget();
        for (var looks = 1; looks <= 8; looks++)
        {
            for (var i = 0; i < 3; i++) loop.Loop.Nudge();
            await loop.WhenDistanceIsKeptAsync();
            Assert.Equal(looks - 1, loop.World.Sheet.Calls.Count);
            loop.World.Clock.Advance(TimeSpan.FromSeconds(5));
            await Eventually.IsTrueAsync("the nudges are followed", () => loop.World.Sheet.Calls.Count == looks);
        }

        Assert.All(loop.World.Sheet.Calls, call => Assert.Equal("glance", call));
        Assert.All(Pauses(loop.Turns("a")), pause => Assert.InRange(pause, TimeSpan.FromSeconds(5), PollEvery));
    }

    [Fact]
    public async Task A_sheet_whose_service_asks_for_patience_is_left_alone_so_long_and_no_longer()
    {
        await using var loop = await TwoForms.StartAsync();
        loop.Break("b", new SheetUnavailableException("b", SheetTrouble.Away, "Google asks to be left alone.") { RetryAfter = TimeSpan.FromMinutes(20) });
        await loop.PassAsync(TimeSpan.FromMinutes(2));
        var asked = Assert.Single(loop.Calls("b"));
        loop.Mend("b");
        for (var minute = 0; minute < 16; minute++)
        {
            loop.Loop.Nudge();
            loop.Signal.Raise();
            await loop.PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(asked, Assert.Single(loop.Calls("b")));
        await loop.PassAsync(TimeSpan.FromMinutes(4));
        await Eventually.IsTrueAsync("the sheet is looked at again", () => loop.Calls("b").Count > 1);
        await Eventually.IsTrueAsync("the trouble is over", () => loop.World.Troubles.Current.Count == 0);
    }

    static List<TimeSpan> Pauses(IEnumerable<DateTimeOffset> turns) => [.. turns.Zip(turns.Skip(1), (first, second) => second - first)];

    /// <summary>The loop over two sheets: "a" is the world's, "b" is another.</summary>
    sealed class TwoForms(World world, SheetLoop loop, SheetSignal signal, SheetInMemory other, ArmedTimers timers) : IAsyncDisposable
    {
        readonly Dictionary<string, List<DateTimeOffset>> _turns = new(StringComparer.Ordinal) { ["a"] = [], ["b"] = [] };
        ManualResetEventSlim? _hanging;

        public World World => world;

        public SheetLoop Loop => loop;

        public SheetSignal Signal => signal;

        public static async Task<TwoForms> StartAsync()
        {
            var form = TestDistrict.Installation.Forms[0];
            var world = await World.CreateAsync(TestDistrict.Installation with { Forms = [form, form with { Key = "b" }] });
            var other = new SheetInMemory();
            var sheets = new Sheets(world.Sheet, other);
            var intake = new ResponseIntake(world.Store, sheets, world.Installation, world.Runner, world.Engine, world.Inspections, world.NewOwnership(), world.Clock, world.Logs.For<ResponseIntake>());
            var publisher = new SheetPublisher(world.Store, sheets, world.Installation, world.Links, new DashboardHead(world.Store, world.Troubles, world.Installation, world.Clock), world.Logs.For<SheetPublisher>());
            var inspector = new SheetInspector(world.Store, sheets, world.Installation, world.Links, world.Clock, world.Logs.For<SheetInspector>());
            var cycle = new FormCycle(world.Store, intake, inspector, world.Inspections, publisher, world.Clock, world.Logs.For<FormCycle>());
            var signal = new SheetSignal();
            var timers = new ArmedTimers(world.Clock);
            var loop = new SheetLoop(
                cycle, signal, world.Troubles, new StoreWatch(world.Troubles, world.Logs.For<StoreWatch>()), world.Installation, new SheetLoopOptions(PollEvery, TimeSpan.FromSeconds(1)), timers, world.Logs.For<SheetLoop>());
            var forms = new TwoForms(world, loop, signal, other, timers);
            sheets.Asked = forms.Note;
            await loop.StartAsync(Token);
            // The first turn ends with the inspection of the dashboard: what a test breaks then, it breaks between two turns.
            await Eventually.IsTrueAsync("both sheets were looked at", () => world.Sheet.Calls.Contains("compare") && other.Calls.Contains("compare"));
            await timers.WhenArmedAsync(2);
            other.Forget();
            return forms;
        }

        public void Break(string form, SheetUnavailableException? trouble = null)
        {
            Assert.Equal("b", form);
            other.BeforeCall = _ => throw trouble ?? new SheetUnavailableException(form, SheetTrouble.NotShared, "The sheet is not shared.");
        }

        /// <summary>What was asked of the form's sheet since the first turn.</summary>
        public IReadOnlyList<string> Calls(string form)
        {
            Assert.Equal("b", form);
            return other.Calls;
        }

        public void Mend(string form)
        {
            Assert.Equal("b", form);
            other.BeforeCall = null;
        }

        public IDisposable Hang(string form)
        {
            Assert.Equal("b", form);
            var gate = new ManualResetEventSlim();
            _hanging = gate;
            other.BeforeCall = _ => gate.Wait(Token);
            return new Gate(gate);
        }

        /// <summary>When the form's turns began.</summary>
        public IReadOnlyList<DateTimeOffset> Turns(string form)
        {
            lock (_turns) return [.. _turns[form]];
        }

        /// <summary>Moves the clock on in steps; before each, every form that is not hanging has done its turn and waits for its next one.</summary>
        public async Task PassAsync(TimeSpan time, TimeSpan? step = null)
        {
            for (var passed = TimeSpan.Zero; passed < time; passed += step ?? Step)
            {
                await timers.WhenArmedAsync(_hanging is null ? 2 : 1);
                World.Clock.Advance(step ?? Step);
            }

            await timers.WhenArmedAsync(_hanging is null ? 2 : 1);
        }

        /// <summary>Both forms were nudged, and wait until they may look again.</summary>
        public Task WhenDistanceIsKeptAsync() => timers.WhenArmedAsync(2, TimeSpan.FromSeconds(5));

        void Note(string form)
        {
            lock (_turns)
                if (_turns[form] is [.., var last] && last == World.Clock.GetUtcNow()) return;
                else _turns[form].Add(World.Clock.GetUtcNow());
        }

        public async ValueTask DisposeAsync()
        {
            _hanging?.Set();
            await loop.StopAsync(CancellationToken.None);
            loop.Dispose();
            await World.DisposeAsync();
        }

        sealed class Gate(ManualResetEventSlim gate) : IDisposable
        {
            public void Dispose() => gate.Set();
        }
    }

    sealed class Sheets(SheetInMemory a, SheetInMemory b) : IResponseSheets
    {
        public Action<string>? Asked { get; set; }

        public IResponseSheet Of(string form)
        {
            Asked?.Invoke(form == "b" ? "b" : "a");
            return form == "b" ? b : a;
        }
    }

    /// <summary>A clock that knows how many timers are set.</summary>
    sealed class ArmedTimers(TimeProvider inner) : TimeProvider
    {
        readonly Channel<bool> _set = Channel.CreateUnbounded<bool>();
        readonly List<TimeSpan> _armed = [];

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override long GetTimestamp() => inner.GetTimestamp();

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_armed) _armed.Add(dueTime);
            var counted = 1;
            void Disarm()
            {
                if (Interlocked.Exchange(ref counted, 0) != 1) return;
                lock (_armed) _armed.Remove(dueTime);
            }

            var timer = new Timer(inner.CreateTimer(given =>
            {
                Disarm();
                callback(given);
            }, state, dueTime, period), Disarm);
            _set.Writer.TryWrite(true);
            return timer;
        }

        /// <param name="due">Counts only those that are due by then.</param>
        public async Task WhenArmedAsync(int count, TimeSpan? due = null)
        {
            while (Armed(due ?? TimeSpan.MaxValue) < count) await _set.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Token);
        }

        int Armed(TimeSpan due)
        {
            lock (_armed) return _armed.Count(timer => timer <= due);
        }

        sealed class Timer(ITimer inner, Action disarm) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

            public void Dispose()
            {
                disarm();
                inner.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                disarm();
                return inner.DisposeAsync();
            }
        }
    }
}
