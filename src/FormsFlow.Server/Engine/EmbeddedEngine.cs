using System.Collections.Concurrent;
using System.Threading.Channels;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Server.Engine;

/// <summary>
/// Drives every proposal on one machine: advance, perform, wait. It remembers nothing that the store does not; killed at any
/// instant, the next one finds in the store what is due and goes on there.
/// </summary>
public sealed partial class EmbeddedEngine(
    IProposalStore store, ProposalRunner runner, EffectPerformer performer, SheetSignal changed, TimeProvider time, EngineOptions options,
    ILogger<EmbeddedEngine> logger) : BackgroundService, IProcessEngine
{
    /// <summary>Even if every wake-up were lost, nothing due waits longer than this.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>What failed unexpectedly (a full disk) is left alone for this long.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    readonly Channel<ProposalId> _ready = Channel.CreateUnbounded<ProposalId>();
    readonly Channel<bool> _sweepNow = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Proposals in hand, and whether they were woken again meanwhile.</summary>
    readonly ConcurrentDictionary<ProposalId, bool> _inHand = new();

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
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var id in await store.ListDueAsync(time.GetUtcNow(), options.SweepSize, stoppingToken)) Take(id);
                await WaitAsync(await store.NextDueAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.SweepFailed(logger, e);
                await Task.Delay(Pause, time, CancellationToken.None).WaitAsync(stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    async Task WaitAsync(DateTimeOffset? nextDue, CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        // What is overdue is in hand already; it is looked for again in case it was more than one sweep holds.
        var until = nextDue is { } due && due <= now + LongestWait ? (due > now ? due : now + TimeSpan.FromSeconds(1)) : now + LongestWait;
        Interlocked.Exchange(ref _nextSweepTicks, until.UtcTicks);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var signal = _sweepNow.Reader.ReadAsync(enough.Token).AsTask();
        await Task.WhenAny(signal, Task.Delay(until - now, time, enough.Token));
        await enough.CancelAsync();
        // The signal that lost the race is observed; one that came in that very moment has done its work: the sweep follows.
        await signal.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        stoppingToken.ThrowIfCancellationRequested();
    }

    void Take(ProposalId id)
    {
        if (_inHand.TryAdd(id, false)) _ready.Writer.TryWrite(id);
        else _inHand.TryUpdate(id, true, false);
    }

    async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            ProposalId id;
            try
            {
                id = await _ready.Reader.ReadAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await DriveAsync(id, stoppingToken);
        }
    }

    async Task DriveAsync(ProposalId id, CancellationToken stoppingToken)
    {
        try
        {
            Step step;
            do
            {
                step = await runner.AdvanceAsync(id, CancellationToken.None);
                await Task.WhenAll(step.Effects.Select(effect => performer.PerformAsync(id, effect, CancellationToken.None)));
            }
            while (step.Effects.Count > 0 && !stoppingToken.IsCancellationRequested);

            if (step.WakeAt is { } wakeAt && wakeAt.UtcTicks < Interlocked.Read(ref _nextSweepTicks)) SweepNow();
            changed.Raise();
            Release(id);
        }
        catch (Exception e)
        {
            Log.DriveFailed(logger, e, id);
            _ = ReleaseLaterAsync(id, stoppingToken);
        }
    }

    /// <summary>Whoever was woken while in hand is taken in hand again.</summary>
    void Release(ProposalId id)
    {
        while (_inHand.TryGetValue(id, out var again))
        {
            if (again && _inHand.TryUpdate(id, false, true))
            {
                _ready.Writer.TryWrite(id);
                return;
            }

            if (!again && _inHand.TryRemove(new KeyValuePair<ProposalId, bool>(id, false))) return;
        }
    }

    async Task ReleaseLaterAsync(ProposalId id, CancellationToken stoppingToken)
    {
        await Task.Delay(Pause, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _inHand.TryRemove(id, out _);
        Take(id);
    }

    static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Error, "Looking for what is due failed; it is tried again in a few seconds")]
        public static partial void SweepFailed(ILogger logger, Exception exception);

        [LoggerMessage(2002, LogLevel.Error, "Proposal {Id} could not be moved on; it is tried again in a few seconds")]
        public static partial void DriveFailed(ILogger logger, Exception exception, ProposalId id);
    }
}

/// <param name="Parallelism">Proposals moved on at once.</param>
/// <param name="SweepSize">Due proposals looked up at once.</param>
public sealed record EngineOptions(int Parallelism = 32, int SweepSize = 1_000);
