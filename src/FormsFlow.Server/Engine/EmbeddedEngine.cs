using System.Collections.Concurrent;
using System.Threading.Channels;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Server.Engine;

/// <summary>
/// Drives every proposal on one machine: advance, perform, wait. It remembers nothing that the store does not; killed at any
/// instant, the next one finds in the store what is due and goes on there.
/// </summary>
public sealed partial class EmbeddedEngine(
    IProposalStore store, ProposalRunner runner, EffectPerformer performer, SheetSignal changed, Courtesy courtesy, Troubles troubles, StoreWatch storeWatch, TimeProvider time, EngineOptions options,
    ILogger<EmbeddedEngine> logger) : BackgroundService, IProcessEngine
{
    /// <summary>On a full disk the store can still be read, and what is small may still find room: whether it takes so much shows that it is over.</summary>
    const string Room = "room";
    const int AnAnswer = 30_000;

    /// <summary>Even if every wake-up were lost, nothing due waits longer than this.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>All that is due is in hand or resting already: whatever else falls due is found after this.</summary>
    static readonly TimeSpan NothingNew = TimeSpan.FromSeconds(10);

    /// <summary>What failed unexpectedly (a full disk) is left alone for this long, and longer each time, so that it recovers by itself and soon.</summary>
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    readonly Hands _hands = new();
    readonly Channel<bool> _sweepNow = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How often in a row moving a proposal on has failed.</summary>
    readonly ConcurrentDictionary<ProposalId, int> _failures = new();

    /// <summary>Proposals whose form the settings do not have. They change with a restart, and so does this.</summary>
    readonly ConcurrentDictionary<ProposalId, string> _parked = new();

    long _nextSweepTicks = long.MaxValue;

    public Task WakeAsync(ProposalId id, CancellationToken cancellationToken)
    {
        Take(id);
        return Task.CompletedTask;
    }

    /// <summary>Looks for what is due at once: the clock was set, or somebody cannot wait.</summary>
    public void SweepNow() => _sweepNow.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What was begun is finished: a worker leaves between two proposals, not in the middle of one.
        var workers = Enumerable.Range(0, options.Parallelism).Select(_ => WorkAsync(stoppingToken)).ToArray();
        await SweepAsync(stoppingToken);
        await Task.WhenAll(workers);
    }

    async Task SweepAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Those in hand and those resting are due, too; they must not keep the others from the list.
                var due = await store.ListDueAsync(time.GetUtcNow(), options.SweepSize + _hands.Count + _parked.Count, stoppingToken);
                var fresh = due.Count(Take);
                var next = await store.NextDueAsync(stoppingToken);
                if (storeWatch.IsPresent) await TryWritingAsync(stoppingToken);
                failures = 0;
                if (storeWatch.Solve()) Log.StoreRecovered(logger);
                await WaitAsync(next, fresh > 0 ? TimeSpan.FromSeconds(1) : NothingNew, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Report(e, "Looking for what is due");
                await RestAsync(RetryPace.DelayAfter(++failures, "sweep", FirstPause, LongestPause), stoppingToken);
            }
        }
    }

    async Task TryWritingAsync(CancellationToken stoppingToken)
    {
        await store.WriteNoteAsync(Room, new string('-', AnAnswer), stoppingToken);
        await store.WriteNoteAsync(Room, "", stoppingToken);
    }

    /// <param name="nextDue">The earliest in the store, which may be overdue.</param>
    /// <param name="overdue">How long to wait if it is: it is in hand already, and looked for again in case that was not all.</param>
    async Task WaitAsync(DateTimeOffset? nextDue, TimeSpan overdue, CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        var until = nextDue is { } due && due <= now + LongestWait ? (due > now ? due : now + overdue) : now + LongestWait;
        Interlocked.Exchange(ref _nextSweepTicks, until.UtcTicks);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var signal = _sweepNow.Reader.ReadAsync(enough.Token).AsTask();
        await Task.WhenAny(signal, Task.Delay(until - now, time, enough.Token));
        await enough.CancelAsync();
        // The signal that lost the race is observed; one that came in that very moment has done its work: the sweep follows.
        await signal.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        stoppingToken.ThrowIfCancellationRequested();
    }

    /// <returns>Whether it was not in hand before.</returns>
    bool Take(ProposalId id) => !_parked.ContainsKey(id) && _hands.Ask(id);

    async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            ProposalId id;
            try
            {
                id = await _hands.NextAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            using var turn = await courtesy.TakeTurnAsync(stoppingToken);
            // The store knows that it is due; the next start goes on there.
            if (stoppingToken.IsCancellationRequested) return;
            await DriveAsync(id, stoppingToken);
        }
    }

    async Task DriveAsync(ProposalId id, CancellationToken stoppingToken)
    {
        using var activity = Telemetry.Advance(id.Value);
        var begun = time.GetTimestamp();
        try
        {
            Step step;
            bool news;
            do
            {
                step = await runner.AdvanceAsync(id, CancellationToken.None);
                var performances = await performer.PerformAsync(id, step.Effects, CancellationToken.None);
                // What went well leaves nothing to look at; whoever else had news woke the proposal.
                news = performances.Any(performance => performance is not Performance.Done);
            }
            while (news && !stoppingToken.IsCancellationRequested);

            if (step.WakeAt is { } wakeAt && wakeAt.UtcTicks < Interlocked.Read(ref _nextSweepTicks)) SweepNow();
            changed.Raise();
            if (!_failures.IsEmpty) _failures.TryRemove(id, out _);
            if (Telemetry.IsMeasured) Telemetry.Advanced(time.GetElapsedTime(begun));
            _hands.Release(id);
        }
        catch (FormMissingException e)
        {
            Park(id, e.Form);
        }
        catch (Exception e)
        {
            Report(e, $"Moving proposal {id} on");
            _ = ReleaseLaterAsync(id, stoppingToken);
        }
    }

    /// <summary>Nothing can be done for it before somebody changes the settings, which takes a restart.</summary>
    void Park(ProposalId id, string form)
    {
        _parked[id] = form;
        _hands.Drop(id);
        const string Remedy = "Put the form back into FormsFlow:Forms and start FormsFlow again; they go on where they were then.";
        var count = _parked.Values.Count(parked => parked == form);
        var message = $"Proposals of the form '{form}' are waiting, because the settings have no such form any more. {Remedy}";
        if (troubles.Report($"form/{form}", message, passes: false)) Log.Parked(logger, form, Remedy);
        else Log.AlsoParked(logger, id, form, count);
    }

    /// <summary>A full disk fails every proposal: it is one cause, and said once.</summary>
    void Report(Exception e, string what)
    {
        if (e is StoreUnavailableException away) storeWatch.Report(away);
        else if (troubles.Report(StoreWatch.Key, FailureText.Of(e), passes: true)) Log.Failed(logger, e, what);
        else Log.FailedAgain(logger, what, e.GetType().Name);
    }

    async Task ReleaseLaterAsync(ProposalId id, CancellationToken stoppingToken)
    {
        var failures = _failures.AddOrUpdate(id, 1, (_, before) => before + 1);
        await RestAsync(RetryPace.DelayAfter(failures, id.Value, FirstPause, LongestPause), stoppingToken);
        _hands.Drop(id);
        Take(id);
    }

    /// <summary>Returns early, and without a word, when the engine stops.</summary>
    Task RestAsync(TimeSpan pause, CancellationToken stoppingToken) =>
        Task.Delay(pause, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Error, "{What} failed; it is tried again until it works")]
        public static partial void Failed(ILogger logger, Exception exception, string what);

        [LoggerMessage(2002, LogLevel.Debug, "{What} failed for the same cause as before ({Error})")]
        public static partial void FailedAgain(ILogger logger, string what, string error);

        [LoggerMessage(2003, LogLevel.Information, "What is due can be looked for again")]
        public static partial void StoreRecovered(ILogger logger);

        [LoggerMessage(2004, LogLevel.Error, "Proposals of form {Form} rest: the settings have no such form any more. {Remedy}")]
        public static partial void Parked(ILogger logger, string form, string remedy);

        [LoggerMessage(2005, LogLevel.Debug, "Proposal {Id} rests, too: the settings have no form {Form} ({Count} in all)")]
        public static partial void AlsoParked(ILogger logger, ProposalId id, string form, int count);
    }
}

/// <param name="Parallelism">Proposals moved on at once: enough to share a commit, few enough that people's requests need not queue behind them.</param>
/// <param name="SweepSize">Due proposals looked up at once.</param>
public sealed record EngineOptions(int Parallelism = 16, int SweepSize = 1_000);
