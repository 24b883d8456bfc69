using System.Collections.Concurrent;
using System.Collections.Immutable;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// Wakes every proposal that something is to be done for and that nobody seems to have in hand: facts that nobody folded, deadlines
/// that passed, effects that are not done. A wake-up that was lost, and an engine that forgot a proposal, are made good here.
/// </summary>
public sealed partial class Sweep(
    IProposalStore store, IProcessEngine engine, Installation installation, Troubles troubles, TimeProvider time, SweepOptions options, ILogger<Sweep> logger)
{
    /// <summary>Proposals whose form the settings do not have. They change with a restart, and so does this.</summary>
    readonly ConcurrentDictionary<ProposalId, string> _parked = new();

    /// <summary>Since when each that was found late at the last sweep has been found late.</summary>
    ImmutableDictionary<ProposalId, DateTimeOffset> _lateSince = ImmutableDictionary<ProposalId, DateTimeOffset>.Empty;

    /// <summary>How many were late for longer than <see cref="SweepOptions.Alarming"/> when it was looked last.</summary>
    public int Late { get; private set; }

    /// <returns>How many were woken.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        await WakeAsync(await store.ListDueAsync(DueBefore, Most, cancellationToken), cancellationToken);

    /// <summary>What has been due since before this is late.</summary>
    public DateTimeOffset DueBefore => time.GetUtcNow() - options.Grace;

    /// <summary>How many are to be looked up. Those that rest are due, too; they must not keep the others from the list.</summary>
    public int Most => options.Most + _parked.Count;

    /// <param name="overdue">What the store listed for <see cref="DueBefore"/> and <see cref="Most"/>.</param>
    /// <returns>How many were woken.</returns>
    public async Task<int> WakeAsync(IReadOnlyList<ProposalId> overdue, CancellationToken cancellationToken)
    {
        var late = new List<ProposalId>();
        while (true)
        {
            var parked = _parked.Count;
            late = await WithoutRestingAsync(overdue, cancellationToken);
            // All that was listed rests: whatever is behind it must not wait for the next sweep.
            if (late.Count > 0 || _parked.Count == parked) break;
            overdue = await store.ListDueAsync(DueBefore, Most, cancellationToken);
        }

        Remember(late);
        foreach (var form in _parked.Values.Distinct(StringComparer.Ordinal)) FormAway.Report(troubles, form, logger);
        if (late.Count == 0) return 0;
        await Parallel.ForEachAsync(late, Abreast(cancellationToken), async (id, token) => await engine.HintAsync(id, logger, token));
        Log.Woken(logger, late.Count);
        return late.Count;
    }

    async Task<List<ProposalId>> WithoutRestingAsync(IReadOnlyList<ProposalId> overdue, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(overdue.Where(id => !_parked.ContainsKey(id) && !_lateSince.ContainsKey(id)), Abreast(cancellationToken), async (id, token) =>
        {
            if (await FormOfAsync(id, token) is { } form && !installation.Has(form)) _parked[id] = form;
        });
        return [.. overdue.Where(id => !_parked.ContainsKey(id))];
    }

    async Task<string?> FormOfAsync(ProposalId id, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.LoadAsync(id, cancellationToken))?.Entry.Form;
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException))
        {
            // It cannot be understood; whoever moves it on will say so.
            return null;
        }
    }

    void Remember(List<ProposalId> late)
    {
        var now = time.GetUtcNow();
        _lateSince = late.ToImmutableDictionary(id => id, id => _lateSince.GetValueOrDefault(id, now));
        Late = _lateSince.Values.Count(since => now - since > options.Alarming);
    }

    /// <summary>Few at a time: those who decide at this moment come first.</summary>
    static ParallelOptions Abreast(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };

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
    /// <summary>Who is found late for longer than this is counted as late: half an hour, in which a sweep has woken it thirty times.</summary>
    public TimeSpan Alarming { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Half a minute, which an engine that is not overloaded never needs; a thousand wake-ups fit into one sweep's time.</summary>
    public static SweepOptions Default { get; } = new(TimeSpan.FromSeconds(30), 1000);
}
