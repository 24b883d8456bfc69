using System.Runtime.CompilerServices;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Simulation;

/// <summary>The process died here: nothing after this happens.</summary>
sealed class Crash() : Exception("The power went.");

/// <summary>
/// Counts the steps of a process and lets it die at one of them: from then on every step fails, before or after it was done, until a new process begins.
/// </summary>
sealed class Fuse
{
    readonly Lock _lock = new();
    int _blowAt = int.MaxValue;
    bool _after;

    public int Steps { get; private set; }

    public bool Blown { get; private set; }

    /// <summary>Called once, at the moment of death.</summary>
    public Action? OnBlown { get; set; }

    public void Set(int step, bool after)
    {
        lock (_lock) (Steps, Blown, _blowAt, _after) = (0, false, step, after);
    }

    public void Before()
    {
        lock (_lock)
        {
            Steps++;
            if (!_after && Steps == _blowAt) Blow();
            if (Blown) throw new Crash();
        }
    }

    public void After()
    {
        lock (_lock)
        {
            if (_after && Steps >= _blowAt) Blow();
            if (Blown) throw new Crash();
        }
    }

    void Blow()
    {
        if (Blown) return;
        Blown = true;
        OnBlown?.Invoke();
    }
}

/// <summary>A real store behind a fuse.</summary>
sealed class CrashingStore(IProposalStore inner, Fuse fuse) : IProposalStore
{
    public Task<StoredProposal?> LoadAsync(ProposalId id, CancellationToken cancellationToken) => Step(() => inner.LoadAsync(id, cancellationToken));

    public StoredProposal? Recall(ProposalId id) => inner.Recall(id);

    public Task<bool> SaveAsync(ProposalChange change, CancellationToken cancellationToken) => Step(() => inner.SaveAsync(change, cancellationToken));

    public Task<bool> PostAsync(ProposalId id, Fact fact, CancellationToken cancellationToken) => Step(() => inner.PostAsync(id, fact, cancellationToken));

    public Task<IReadOnlyList<EventRecord>> ReadEventsAsync(ProposalId id, CancellationToken cancellationToken) =>
        Step(() => inner.ReadEventsAsync(id, cancellationToken));

    public Task<EffectAttempt> BeginEffectAsync(ProposalId id, string effectId, DateTimeOffset at, CancellationToken cancellationToken) =>
        Step(() => inner.BeginEffectAsync(id, effectId, at, cancellationToken));

    public Task<BegunEffects> BeginEffectsAsync(ProposalId id, IReadOnlyList<string> effectIds, DateTimeOffset at, CancellationToken cancellationToken) =>
        Step(() => inner.BeginEffectsAsync(id, effectIds, at, cancellationToken));

    public Task CompleteEffectAsync(ProposalId id, string effectId, DateTimeOffset at, CancellationToken cancellationToken) =>
        Step(() => inner.CompleteEffectAsync(id, effectId, at, cancellationToken));

    public Task PostponeEffectAsync(ProposalId id, string effectId, DateTimeOffset nextAttemptAt, string reason, CancellationToken cancellationToken) =>
        Step(() => inner.PostponeEffectAsync(id, effectId, nextAttemptAt, reason, cancellationToken));

    public Task<IReadOnlyList<ProposalId>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Step(() => inner.ListDueAsync(now, limit, cancellationToken));

    public Task<Agenda> LookAsync(IReadOnlyCollection<string> forms, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Step(() => inner.LookAsync(forms, now, limit, cancellationToken));

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => Step(() => inner.NextDueAsync(cancellationToken));

    public async IAsyncEnumerable<ProposalEntry> ListAsync(string form, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        fuse.Before();
        await foreach (var entry in inner.ListAsync(form, cancellationToken)) yield return entry;
        fuse.After();
    }

    public Task<IReadOnlyList<ProposalEntry>> FindByRowKeysAsync(string form, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken) =>
        Step(() => inner.FindByRowKeysAsync(form, rowKeys, cancellationToken));

    public Task<IReadOnlyList<ProposalEntry>> FindByContentAsync(string form, string contentHash, CancellationToken cancellationToken) =>
        Step(() => inner.FindByContentAsync(form, contentHash, cancellationToken));

    public Task<IReadOnlyDictionary<ProposalStatus, int>> CountAsync(string form, CancellationToken cancellationToken) =>
        Step(() => inner.CountAsync(form, cancellationToken));

    public Task<Tally> TallyAsync(string form, DateTimeOffset before, CancellationToken cancellationToken) =>
        Step(() => inner.TallyAsync(form, before, cancellationToken));

    public Task<IReadOnlyList<ProposalEntry>> ListUnpublishedAsync(string form, int limit, CancellationToken cancellationToken) =>
        Step(() => inner.ListUnpublishedAsync(form, limit, cancellationToken));

    public Task MarkPublishedAsync(IReadOnlyCollection<(ProposalId Id, int Version)> published, CancellationToken cancellationToken) =>
        Step(() => inner.MarkPublishedAsync(published, cancellationToken));

    public Task<string?> ReadNoteAsync(string name, CancellationToken cancellationToken) => Step(() => inner.ReadNoteAsync(name, cancellationToken));

    public Task WriteNoteAsync(string name, string text, CancellationToken cancellationToken) => Step(() => inner.WriteNoteAsync(name, text, cancellationToken));

    public Task<string> KeepNoteAsync(string name, string text, CancellationToken cancellationToken) => Step(() => inner.KeepNoteAsync(name, text, cancellationToken));

    public Task<bool> TryLeaseAsync(string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken) =>
        Step(() => inner.TryLeaseAsync(name, owner, now, duration, cancellationToken));

    public Task ReleaseLeaseAsync(string name, string owner, CancellationToken cancellationToken) => Step(() => inner.ReleaseLeaseAsync(name, owner, cancellationToken));

    async Task<T> Step<T>(Func<Task<T>> act)
    {
        fuse.Before();
        var result = await act();
        fuse.After();
        return result;
    }

    async Task Step(Func<Task> act)
    {
        fuse.Before();
        await act();
        fuse.After();
    }
}
