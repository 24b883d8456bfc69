using FormsFlow.Application.Ports;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>
/// What to ask for, and what the answer means, when the only question is whether anything has happened: the header row, the key
/// columns from the last known row downwards, and those of the sampled rows. Nothing here grows with the sheet.
/// </summary>
public sealed class BookmarkGlance
{
    readonly SheetBookmark _bookmark;
    readonly int[] _columns;
    readonly List<Piece> _pieces = [];

    BookmarkGlance(SheetBookmark bookmark, int[] columns, string tab)
    {
        _bookmark = bookmark;
        _columns = columns;
        Ranges.Add(A1.Rows(tab, 1, 1));
        foreach (var column in columns) Ranges.Add(A1.Downwards(tab, column, bookmark.LastRow));
        foreach (var (first, last) in Runs.Of(bookmark.Sample.Select(row => row.Number)))
        {
            for (var key = 0; key < columns.Length; key++)
            {
                _pieces.Add(new Piece(first, key, Ranges.Count));
                Ranges.Add(A1.Block(tab, first, columns[key], last, columns[key]));
            }
        }
    }

    /// <summary>All in one request.</summary>
    public List<string> Ranges { get; } = [];

    /// <returns>Null if the bookmark's key columns are not among its own headers: then there is nothing to compare with.</returns>
    public static BookmarkGlance? Of(SheetBookmark bookmark, string tab)
    {
        var headers = new HeaderRow(bookmark.Headers);
        var columns = bookmark.KeyColumns.Select(headers.Find).ToArray();
        return columns.Length == 0 || columns.Contains(-1) || bookmark.LastRow < 1 ? null : new BookmarkGlance(bookmark, columns, tab);
    }

    public SheetGlance Judge(IReadOnlyList<IReadOnlyList<IReadOnlyList<SheetCell>>> answers)
    {
        var disturbed = !HeaderRow.From(answers[0].Count > 0 ? answers[0][0] : []).SameAs(_bookmark.Headers) || !LastIsThere() || !SampleIsThere();
        return new SheetGlance(disturbed, NewRows());

        bool LastIsThere() =>
            _bookmark.LastRow == 1 || Enumerable.Range(0, _columns.Length).All(key => Same(At(answers[1 + key], 0), At(_bookmark.Last, key)));

        bool SampleIsThere()
        {
            var expected = new Dictionary<int, SheetRow>();
            foreach (var row in _bookmark.Sample) expected[row.Number] = row;
            foreach (var piece in _pieces)
            {
                for (var row = piece.FirstRow; expected.TryGetValue(row, out var known); row++)
                    if (!Same(At(answers[piece.Answer], row - piece.FirstRow), At(known.Cells, piece.Key)))
                        return false;
            }

            return true;
        }

        List<int> NewRows()
        {
            var below = answers.Skip(1).Take(_columns.Length).ToList();
            var longest = below.Max(column => column.Count);
            return [.. Enumerable.Range(1, Math.Max(longest - 1, 0))
                .Where(offset => below.Exists(column => !At(column, offset).IsEmpty))
                .Select(offset => _bookmark.LastRow + offset)];
        }
    }

    static bool Same(SheetCell one, SheetCell other) => one == other || (one.IsEmpty && other.IsEmpty);

    static SheetCell At(IReadOnlyList<IReadOnlyList<SheetCell>> rows, int row) => row < rows.Count ? At(rows[row], 0) : SheetCell.Empty;

    static SheetCell At(IReadOnlyList<SheetCell> cells, int index) => index < cells.Count ? cells[index] : SheetCell.Empty;

    /// <param name="Key">Which key column.</param>
    /// <param name="Answer">Which range holds the rows from <paramref name="FirstRow"/>.</param>
    sealed record Piece(int FirstRow, int Key, int Answer);
}

/// <summary>Numbers, gathered into runs of neighbours.</summary>
public static class Runs
{
    public static IEnumerable<(int First, int Last)> Of(IEnumerable<int> numbers)
    {
        int? first = null, last = null;
        foreach (var number in numbers.Distinct().Order())
        {
            if (number != last + 1)
            {
                if (first is { } begun) yield return (begun, last!.Value);
                first = number;
            }

            last = number;
        }

        if (first is { } open) yield return (open, last!.Value);
    }
}
