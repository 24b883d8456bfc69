using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Ports;

/// <summary>A proposal as the store holds it.</summary>
/// <param name="LastHash">The hash of its last event, for the next one to carry.</param>
/// <param name="Inbox">Facts not yet folded, in the order of their arrival.</param>
/// <param name="Outbox">Effects not yet done.</param>
/// <param name="Entry">Its line as it was saved last.</param>
public sealed record StoredProposal(
    ProposalState.Known State, string LastHash, IReadOnlyList<Fact> Inbox, IReadOnlyList<PendingEffect> Outbox, ProposalEntry Entry);

/// <summary>What one advance changes.</summary>
/// <param name="ExpectedVersion">The version that was loaded; 0 for a new proposal.</param>
/// <param name="Effects">New effects, due at once.</param>
/// <param name="FoldedFacts">Ids of the facts to take out of the inbox.</param>
/// <param name="WakeAt">When time itself will change something; null if it will not.</param>
public sealed record ProposalChange(
    ProposalId Id,
    int ExpectedVersion,
    ProposalState.Known State,
    ProposalEntry Entry,
    IReadOnlyList<EventRecord> Events,
    IReadOnlyList<Effect> Effects,
    IReadOnlyCollection<string> FoldedFacts,
    DateTimeOffset? WakeAt,
    DateTimeOffset At)
{
    /// <exception cref="InvalidOperationException">The change contradicts itself: a mistake in the code.</exception>
    public void Check()
    {
        if (Entry.Id != Id || State.Dossier.Id != Id) throw new InvalidOperationException($"A change of {Id} carries another proposal's state or entry.");
        if (Entry.Version != State.Version || State.Version != ExpectedVersion + Events.Count || State.Version == 0)
            throw new InvalidOperationException(
                $"A change of {Id} leads from version {ExpectedVersion} with {Events.Count} events to {State.Version} (entry: {Entry.Version}).");
        for (var i = 0; i < Events.Count; i++)
            if (Events[i].Number != ExpectedVersion + 1 + i)
                throw new InvalidOperationException($"A change of {Id} has event {Events[i].Number} where {ExpectedVersion + 1 + i} comes next.");
    }
}

/// <summary>An event as it is written down. The hash covers its number, its text and the hash of the one before: nobody edits the past unseen.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Type">The event's stable name.</param>
/// <param name="Body">The event as JSON.</param>
/// <param name="Hash">SHA-256, 64 hexadecimal digits, lower case.</param>
public sealed record EventRecord(int Number, DateTimeOffset At, string Type, string Body, string PreviousHash, string Hash);

/// <summary>Something that arrived for a proposal and waits to be folded.</summary>
/// <param name="Id">The same for the same fact, however often it arrives.</param>
public sealed record Fact(string Id, Command Command);

/// <param name="Attempts">How many have been begun.</param>
/// <param name="NextAttemptAt">Not before then.</param>
/// <param name="BegunAt">When an attempt began that has not said how it ended: it is under way, or was cut off. Null if there is none.</param>
public sealed record PendingEffect(Effect Effect, int Attempts, DateTimeOffset NextAttemptAt, DateTimeOffset? BegunAt = null)
{
    /// <summary>When it may be attempted by whoever asks now: not while somebody is at it.</summary>
    public DateTimeOffset DueAt(DateTimeOffset now) => EffectClaim.Holds(BegunAt, now) ? BegunAt.GetValueOrDefault() + EffectClaim.Length : NextAttemptAt;
}

public enum EffectAttempt
{
    /// <summary>Nobody has attempted it before.</summary>
    First,

    /// <summary>An earlier attempt failed, and said so.</summary>
    Retry,

    /// <summary>An earlier attempt was cut off between its beginning and its mark: it may have happened.</summary>
    PerhapsRepeated,

    /// <summary>It is done, or there is no such effect: leave it.</summary>
    AlreadyDone,

    /// <summary>Another attempt is under way, and nothing was changed: see <see cref="EffectClaim"/>.</summary>
    UnderWay,
}

public static class EffectAttempts
{
    /// <summary>Whether the caller is to perform it.</summary>
    public static bool HasBegun(this EffectAttempt attempt) => attempt is not (EffectAttempt.AlreadyDone or EffectAttempt.UnderWay);
}

/// <summary>The line of a proposal that lists and look-ups work on.</summary>
/// <param name="RowKey">Of the response's row as it was last read: its timestamp and what it proposes.</param>
/// <param name="Timestamp">The row's timestamp as the sheet keeps it: serial days; null if the row has none.</param>
/// <param name="Version">The state's version.</param>
/// <param name="PublishedVersion">The version that the sheet shows; 0 if none. Ignored in a <see cref="ProposalChange"/>.</param>
public sealed record ProposalEntry(
    ProposalId Id,
    string Form,
    string RowKey,
    double? Timestamp,
    string ContentHash,
    ProposalStatus Status,
    DateTimeOffset ReceivedAt,
    int Version,
    int PublishedVersion);

public enum ProposalStatus
{
    NeedsCorrection,
    InReview,
    Approved,
    Denied,
    Expired,
    Withdrawn,
    Duplicate,
}
