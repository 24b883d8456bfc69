using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Ports;

/// <summary>A store as a whole, so that all that it holds can be moved into another one. Leases are not part of it.</summary>
public interface IProposalArchive
{
    /// <summary>Every proposal of every form, each as it stands in one moment, in no particular order; held in memory one at a time.</summary>
    IAsyncEnumerable<ProposalRecord> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Every note with its name.</summary>
    IAsyncEnumerable<(string Name, string Text)> ReadNotesAsync(CancellationToken cancellationToken);

    /// <summary>Puts a proposal in with all that it had elsewhere.</summary>
    /// <returns>False if there is one of this id already; it is left as it is then.</returns>
    Task<bool> RestoreAsync(ProposalRecord record, CancellationToken cancellationToken);
}

/// <summary>All that a store holds of one proposal.</summary>
/// <param name="Entry">With the version that the sheet shows.</param>
/// <param name="State">As <see cref="Running.ProposalCodec.WriteState"/> wrote it.</param>
/// <param name="Events">The whole history, in order; never empty.</param>
/// <param name="Outbox">Done and undone, in the order in which they came.</param>
/// <param name="Inbox">In the order of arrival.</param>
/// <param name="ChangedAt">When the latest version came in.</param>
/// <param name="UnpublishedSince">When the first change came in that the sheet does not show; null if it shows the latest.</param>
/// <param name="WakeAt">When time itself will change something; null if it will not.</param>
public sealed record ProposalRecord(
    ProposalEntry Entry,
    string State,
    IReadOnlyList<EventRecord> Events,
    IReadOnlyList<OutboxRecord> Outbox,
    IReadOnlyList<InboxRecord> Inbox,
    DateTimeOffset ChangedAt,
    DateTimeOffset? UnpublishedSince,
    DateTimeOffset? WakeAt)
{
    public ProposalId Id => Entry.Id;
}

/// <param name="Body">As <see cref="Running.ProposalCodec.WriteEffect"/> wrote it.</param>
/// <param name="Attempts">How many have been begun.</param>
/// <param name="Unended">Attempts that never said how they ended.</param>
/// <param name="BegunAt">The latest attempt.</param>
/// <param name="DoneAt">Null while it is to be done.</param>
/// <param name="LastError">Why the latest failed attempt failed.</param>
public sealed record OutboxRecord(
    string Id, string Body, int Attempts, int Unended, DateTimeOffset? BegunAt, DateTimeOffset NextAttemptAt, DateTimeOffset? DoneAt, string? LastError);

/// <param name="Body">As <see cref="Running.ProposalCodec.WriteCommand"/> wrote it.</param>
public sealed record InboxRecord(string Id, string Body, DateTimeOffset ArrivedAt);
