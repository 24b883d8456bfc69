using FormsFlow.Application.Ports;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// Wakes every proposal that something is to be done for and that nobody seems to have in hand: facts that nobody folded, deadlines
/// that passed, effects that are not done. A wake-up that was lost, and an engine that forgot a proposal, are made good here.
/// </summary>
public sealed partial class Sweep(IProposalStore store, IProcessEngine engine, TimeProvider time, SweepOptions options, ILogger<Sweep> logger)
{
    /// <returns>How many were woken.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var overdue = await store.ListDueAsync(time.GetUtcNow() - options.Grace, options.Most, cancellationToken);
        if (overdue.Count == 0) return 0;

        // Few at a time: those who decide at this moment come first.
        var abreast = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(overdue, abreast, async (id, token) => await engine.HintAsync(id, logger, token));
        Log.Woken(logger, overdue.Count);
        return overdue.Count;
    }

    static partial class Log
    {
        [LoggerMessage(1530, LogLevel.Information, "Sweep: {Late} proposals were late and have been woken")]
        public static partial void Woken(ILogger logger, int late);
    }
}

/// <param name="Grace">What has been due for less than this is taken to be in hand.</param>
/// <param name="Most">How many one sweep wakes, longest due first; the rest is for the next one.</param>
public sealed record SweepOptions(TimeSpan Grace, int Most)
{
    /// <summary>Half a minute, which an engine that is not overloaded never needs; a thousand wake-ups fit into one sweep's time.</summary>
    public static SweepOptions Default { get; } = new(TimeSpan.FromSeconds(30), 1000);
}
