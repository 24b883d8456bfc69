using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>A text and where it goes: the row from 1, and the column by its tag.</summary>
public readonly record struct TaggedText(int Row, int Tag, string Text);

/// <summary>Packs cells into as few requests as they allow, a column each. A column begins in row 1: nulls leave what stands above and between alone.</summary>
public static class ColumnTexts
{
    /// <summary>Google takes 50,000 characters in a cell and refuses the whole request for one more.</summary>
    public const int LongestText = 50_000;

    /// <summary>
    /// Estimated bytes of a request, before compression, without what leads to its first row: five for each row and column, which
    /// compression makes a few kilobytes even of a hundred thousand rows.
    /// </summary>
    public const int LargestRequest = 4_000_000;

    const int Null = 5;

    public static IReadOnlyList<IReadOnlyList<DataFilterValueRange>> Pack(IEnumerable<TaggedText> cells, int largestRequest = LargestRequest)
    {
        var requests = new List<IReadOnlyList<DataFilterValueRange>>();
        var columns = new SortedDictionary<int, List<object?>>();
        var (size, last) = (0L, 0);
        foreach (var row in cells.GroupBy(cell => cell.Row).OrderBy(row => row.Key))
        {
            // Of two texts for one cell the later one counts.
            var texts = new SortedDictionary<int, string>();
            foreach (var cell in row) texts[cell.Tag] = cell.Text.Length <= LongestText ? cell.Text : Cut(cell.Text);

            var more = texts.Values.Sum(text => System.Text.Encoding.UTF8.GetByteCount(text) + 4L);
            var between = (long)(row.Key - last - 1) * Null * columns.Count;
            if (columns.Count > 0 && size + between + more > largestRequest)
            {
                requests.Add(Request(columns));
                columns = [];
                (size, between) = (0, 0);
            }

            foreach (var (tag, text) in texts)
            {
                if (!columns.TryGetValue(tag, out var column)) columns[tag] = column = [];
                while (column.Count < row.Key - 1) column.Add(null);
                column.Add(text);
            }

            (size, last) = (size + between + more, row.Key);
        }

        if (columns.Count > 0) requests.Add(Request(columns));
        return requests;
    }

    static DataFilterValueRange[] Request(SortedDictionary<int, List<object?>> columns) =>
    [
        .. columns.Select(column => new DataFilterValueRange { DataFilter = ColumnTags.Filter(column.Key), MajorDimension = "COLUMNS", Values = [column.Value] }),
    ];

    static string Cut(string text)
    {
        var end = LongestText - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
