using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Intake;

/// <summary>
/// What is remembered of a sheet between polls, so that a glance tells whether it changed: its header, its last row, and where the
/// open proposals stood. Each glance looks at a fifth of those; five glances have seen them all.
/// </summary>
sealed class SheetWatch(IReadOnlyList<string> headers, SheetLayout layout)
{
    const int Turns = 5;

    /// <summary>Rows looked at in one glance at most, so that a glance stays small however many proposals are open.</summary>
    const int LargestSample = 200;

    readonly SortedDictionary<int, SheetRow> _open = [];
    int _lastRow = 1;
    IReadOnlyList<SheetCell> _last = [];
    int _turn;

    public SheetLayout Layout => layout;

    /// <summary>Ids and timestamps: what a glance compares.</summary>
    public IReadOnlyList<string> KeyColumns { get; } = [OwnColumns.Id, layout.TimestampHeader];

    public int Polls { get; private set; }

    /// <param name="id">Empty for what is no response.</param>
    public void Remember(int row, string id, SheetCell timestamp, bool isOpen)
    {
        SheetCell[] cells = [id.Length == 0 ? SheetCell.Empty : new SheetCell(id, null), timestamp];
        if (isOpen) _open[row] = new SheetRow(row, cells);
        if (row >= _lastRow) (_lastRow, _last) = (row, cells);
    }

    /// <summary>Stops watching proposals that nobody waits for any more.</summary>
    public void Forget(IReadOnlySet<ProposalId> open)
    {
        foreach (var row in _open.Values.Where(row => !ProposalId.TryParse(row[0].Text, out var id) || !open.Contains(id)).ToList())
            _open.Remove(row.Number);
    }

    public SheetBookmark NextBookmark()
    {
        Polls++;
        var rows = _open.Values.ToList();
        var size = Math.Min(LargestSample, (rows.Count + Turns - 1) / Turns);
        var start = rows.Count == 0 ? 0 : (int)((long)_turn * size % rows.Count);
        _turn++;
        return new SheetBookmark(headers, KeyColumns, _lastRow, _last, [.. Enumerable.Range(0, size).Select(i => rows[(start + i) % rows.Count])]);
    }
}
