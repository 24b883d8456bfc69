using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Intake;

/// <summary>
/// Says which row is whose. An id in a row is strong evidence, the row's own content is stronger: an id may have been copied
/// with its row, overwritten by a sort in the moment of writing, or wiped out by hand.
/// </summary>
static class RowMatcher
{
    /// <param name="rows">Those that need a second look: without an id, with an unknown or repeated one, or with another timestamp than before.</param>
    /// <param name="held">Ids of the rows that need none.</param>
    /// <param name="known">All proposals of the form.</param>
    public static IReadOnlyList<RowMatch> Match(string form, IReadOnlyList<ResponseRow> rows, IReadOnlySet<ProposalId> held, IReadOnlyCollection<ProposalEntry> known)
    {
        var byId = known.ToDictionary(entry => entry.Id);
        var byKey = known.ToLookup(entry => entry.RowKey);
        var byTime = known.Where(entry => entry.Timestamp is not null).ToLookup(entry => entry.Timestamp!.Value);
        var rowsAt = rows.Where(row => row.Identity.Timestamp is not null).GroupBy(row => row.Identity.Timestamp!.Value).ToDictionary(group => group.Key, group => group.Count());
        var taken = new HashSet<ProposalId>(held);
        var matches = new Dictionary<ResponseRow, RowMatch>();

        // In this order: what is certain comes first, so that it is not given away.
        Settle(RowOwnership.Kept, row => row.Id is { } id && byId.TryGetValue(id, out var entry) && entry.RowKey == row.Identity.Key ? id : null);
        Settle(RowOwnership.Restored, row => byKey[row.Identity.Key].Where(entry => !taken.Contains(entry.Id)).Select(entry => (ProposalId?)entry.Id).FirstOrDefault());
        Settle(RowOwnership.Edited, row => row.Id is { } id && byId.ContainsKey(id) ? id : null);
        // Its id is lost and its answers are not what they were; Google's milliseconds still say which one it is, if only one has them.
        Settle(RowOwnership.Edited, OnlyOneOfItsTime);
        Settle(RowOwnership.Claimed, row => row.Id);
        Settle(RowOwnership.New, row => Derive(form, row, id => taken.Contains(id) || byId.ContainsKey(id)));
        return [.. rows.Select(row => matches[row])];

        ProposalId? OnlyOneOfItsTime(ResponseRow row) =>
            row.Id is null && row.Identity.Timestamp is { } time && rowsAt[time] == 1
            && byTime[time].Where(entry => !taken.Contains(entry.Id)).Take(2).ToArray() is [var only]
                ? only.Id
                : null;

        void Settle(RowOwnership ownership, Func<ResponseRow, ProposalId?> owner)
        {
            foreach (var row in rows)
                if (!matches.ContainsKey(row) && owner(row) is { } id && taken.Add(id))
                    matches[row] = new RowMatch(row, id, ownership);
        }
    }

    /// <summary>The same row gets the same id from everybody who looks, so that two who take it in at once agree.</summary>
    static ProposalId Derive(string form, ResponseRow row, Func<ProposalId, bool> isTaken)
    {
        for (var occurrence = 1; ; occurrence++)
        {
            var id = ProposalId.Derive($"{form}/{row.Identity.Key}/{occurrence}");
            if (!isTaken(id)) return id;
        }
    }
}

enum RowOwnership
{
    /// <summary>As it was.</summary>
    Kept,

    /// <summary>A known proposal's row that has lost its id or carries another's.</summary>
    Restored,

    /// <summary>A known proposal's row whose answers changed.</summary>
    Edited,

    /// <summary>It has an id, and nobody knows the proposal: a crash came between.</summary>
    Claimed,

    New,
}

sealed record RowMatch(ResponseRow Row, ProposalId Id, RowOwnership Ownership)
{
    public bool MustWrite => Row.Id != Id;
}
