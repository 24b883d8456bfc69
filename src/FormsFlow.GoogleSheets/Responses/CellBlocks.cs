using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>A text and where it goes: the row from 1, the column from 0.</summary>
public readonly record struct PlacedText(int Row, int Column, string Text);

/// <summary>Packs cells into as few rectangles, and those into as few requests, as they allow.</summary>
public static class CellBlocks
{
    /// <summary>Google takes 50,000 characters in a cell and refuses the whole request for one more.</summary>
    public const int LongestText = 50_000;

    /// <summary>Estimated bytes of a request, before compression.</summary>
    public const int LargestRequest = 4_000_000;

    public static IReadOnlyList<IReadOnlyList<ValueRange>> Pack(string tab, IEnumerable<PlacedText> cells, int largestRequest = LargestRequest)
    {
        var requests = new List<IReadOnlyList<ValueRange>>();
        var current = new List<ValueRange>();
        var size = 0L;
        foreach (var block in Merge(cells))
        {
            // A tall block is cut where a request is full.
            var rest = block.Rows;
            var first = block.FirstRow;
            while (rest.Count > 0)
            {
                var taken = 0;
                var bytes = 80L;
                while (taken < rest.Count && (taken == 0 || size + bytes + Size(rest[taken]) <= largestRequest)) bytes += Size(rest[taken++]);
                if (current.Count > 0 && size + bytes > largestRequest)
                {
                    requests.Add(current);
                    current = [];
                    size = 0;
                    continue;
                }

                current.Add(new ValueRange
                {
                    Range = A1.Block(tab, first, block.FirstColumn, first + taken - 1, block.FirstColumn + block.Width - 1),
                    MajorDimension = "ROWS",
                    Values = [.. rest.Take(taken)],
                });
                size += bytes;
                first += taken;
                rest = rest[taken..];
            }
        }

        if (current.Count > 0) requests.Add(current);
        return requests;
    }

    static long Size(IList<object?> row) => row.Sum(value => System.Text.Encoding.UTF8.GetByteCount((string)value!) + 4L);

    /// <summary>Runs of neighbouring cells in a row; runs of the same columns in neighbouring rows become one block.</summary>
    static List<Block> Merge(IEnumerable<PlacedText> cells)
    {
        var blocks = new List<Block>();
        var open = new Dictionary<(int Column, int Width), Block>();
        foreach (var row in cells.GroupBy(cell => cell.Row).OrderBy(row => row.Key))
        {
            // Of two texts for one cell the later one counts.
            var sorted = new SortedDictionary<int, string>();
            foreach (var cell in row) sorted[cell.Column] = cell.Text;

            var run = new List<object?>();
            var start = 0;
            foreach (var (column, text) in sorted)
            {
                if (run.Count > 0 && column != start + run.Count)
                {
                    Close(row.Key, start, run);
                    run = [];
                }

                if (run.Count == 0) start = column;
                run.Add(text.Length <= LongestText ? text : Cut(text));
            }

            Close(row.Key, start, run);
        }

        return blocks;

        void Close(int row, int column, List<object?> run)
        {
            var key = (column, run.Count);
            if (open.TryGetValue(key, out var above) && above.FirstRow + above.Rows.Count == row)
            {
                above.Rows.Add(run);
                return;
            }

            var block = new Block(row, column, run.Count, [run]);
            open[key] = block;
            blocks.Add(block);
        }
    }

    static string Cut(string text)
    {
        var end = LongestText - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    sealed record Block(int FirstRow, int FirstColumn, int Width, List<IList<object?>> Rows);
}
