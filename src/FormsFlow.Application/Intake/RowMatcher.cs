using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Intake;

/// <summary>
/// Says which row is whose. An id in a row is strong evidence, the row's own content is stronger: an id may have been copied
/// with its row, overwritten by a sort in the moment of writing, or wiped out by hand.
/// </summary>
/// <param name="known">All proposals of the form.</param>
/// <param name="held">Ids of the rows that need no second look.</param>
sealed class RowMatcher(string form, IReadOnlyCollection<ProposalEntry> known, IEnumerable<ProposalId> held)
{
    readonly Dictionary<ProposalId, ProposalEntry> _byId = known.ToDictionary(entry => entry.Id);
    readonly ILookup<string, ProposalEntry> _byKey = known.ToLookup(entry => entry.RowKey);
    readonly ILookup<double, ProposalEntry> _byTime = known.Where(entry => entry.Timestamp is not null).ToLookup(entry => entry.Timestamp!.Value);
    readonly HashSet<ProposalId> _taken = [.. held];

    /// <summary>Proposals that no row was found for so far.</summary>
    public IEnumerable<ProposalEntry> Missing => known.Where(entry => !_taken.Contains(entry.Id));

    /// <param name="rows">Those that need a second look: without an id, with an unknown or repeated one, or with another timestamp than before.</param>
    public IReadOnlyList<RowMatch> Match(IReadOnlyList<ResponseRow> rows)
    {
        var rowsAt = rows.Where(row => row.Identity.Timestamp is not null).GroupBy(row => row.Identity.Timestamp!.Value).ToDictionary(group => group.Key, group => group.Count());
        var matches = new Dictionary<ResponseRow, RowMatch>();

        // In this order: what is certain comes first, so that it is not given away.
        Settle(RowOwnership.Kept, row => row.Id is { } id && _byId.TryGetValue(id, out var entry) && entry.RowKey == row.Identity.Key ? id : null);
        Settle(RowOwnership.Restored, row => _byKey[row.Identity.Key].Where(entry => !_taken.Contains(entry.Id)).Select(entry => (ProposalId?)entry.Id).FirstOrDefault());
        Settle(RowOwnership.Edited, row => row.Id is { } id && _byId.ContainsKey(id) ? id : null);
        // Its id is lost, or overwritten by a claim that was meant for another row, and its answers are not what they were or are asked
        // for in other words; Google's milliseconds still say which one it is, if only one has them.
        Settle(RowOwnership.Edited, OnlyOneOfItsTime);
        Settle(RowOwnership.Claimed, row => row.Id);
        Settle(RowOwnership.New, row => Derive(row, id => _taken.Contains(id) || _byId.ContainsKey(id)));
        return [.. rows.Select(row => matches[row])];

        ProposalId? OnlyOneOfItsTime(ResponseRow row) =>
            (row.Id is not { } id || !_byId.ContainsKey(id)) && row.Identity.Timestamp is { } time && rowsAt[time] == 1
            && _byTime[time].Where(entry => !_taken.Contains(entry.Id)).Take(2).ToArray() is [var only]
                ? only.Id
                : null;

        void Settle(RowOwnership ownership, Func<ResponseRow, ProposalId?> owner)
        {
            foreach (var row in rows)
                if (!matches.ContainsKey(row) && owner(row) is { } id && _taken.Add(id))
                    matches[row] = new RowMatch(row, id, ownership) { CopyOf = ownership is RowOwnership.New ? Original(row) : null };
        }
    }

    /// <summary>
    /// Google gives no two responses one time and one id: a row that has both of another was copied by hand, whatever its answers
    /// were made into.
    /// </summary>
    ProposalId? Original(ResponseRow row) =>
        row.Id is { } id && _byId.TryGetValue(id, out var entry) && entry.Timestamp is { } time && time == row.Identity.Timestamp ? id : null;

    /// <summary>The same row gets the same id from everybody who looks, so that two who take it in at once agree.</summary>
    ProposalId Derive(ResponseRow row, Func<ProposalId, bool> isTaken)
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

    /// <summary>The proposal whose row somebody copied; null if it is no copy.</summary>
    public ProposalId? CopyOf { get; init; }
}
