using System.Collections.Immutable;
using FormsFlow.Application.Ports;

namespace FormsFlow.Storage.AzureTables;

/// <summary>All that changes of one proposal: what its head row holds. Its events stand in rows of their own.</summary>
/// <param name="State">As <see cref="Application.Running.ProposalCodec"/> writes it.</param>
/// <param name="ChangedAt">When the version came in.</param>
/// <param name="UnpublishedSince">When the first change came in that the sheet does not show; null if it shows the latest.</param>
/// <param name="Outbox">In the order in which they came. What is done stays: it is the record of what was sent.</param>
/// <param name="Inbox">In the order of arrival.</param>
sealed record Content(
    ProposalEntry Entry,
    string LastHash,
    string State,
    DateTimeOffset ChangedAt,
    DateTimeOffset? UnpublishedSince,
    DateTimeOffset? WakeAt,
    ImmutableArray<OutboxRecord> Outbox,
    ImmutableArray<InboxRecord> Inbox)
{
    /// <summary>Since when something is to be done for it, or from when on; null if nothing is to come.</summary>
    public DateTimeOffset? DueAt => Outbox.Where(effect => effect.DoneAt is null).Select(effect => (DateTimeOffset?)effect.NextAttemptAt)
        .Concat(Inbox.Select(fact => (DateTimeOffset?)fact.ArrivedAt)).Append(WakeAt).Min();

    public int IndexOf(string effect)
    {
        for (var i = 0; i < Outbox.Length; i++)
            if (Outbox[i].Id == effect)
                return i;
        return -1;
    }
}

/// <summary>What one batch makes of a proposal.</summary>
/// <param name="Content">Null while there is no such proposal.</param>
/// <param name="Events">To be appended.</param>
/// <param name="AtLeast">The number that the commit has to have, so that no promise up to it can come true any more; 0 if that is not asked for.</param>
sealed record Draft(Content? Content, ImmutableList<EventRecord> Events, long AtLeast = 0);
