namespace FormsFlow.GoogleSheets.Responses;

/// <summary>Google's way of writing ranges. Columns are counted from 0 and rows from 1, as the rest of the code does.</summary>
public static class A1
{
    public static string Column(int index)
    {
        Span<char> letters = stackalloc char[8];
        var at = letters.Length;
        for (var left = index + 1; left > 0; left = (left - 1) / 26) letters[--at] = (char)('A' + (left - 1) % 26);
        return new string(letters[at..]);
    }

    public static string Tab(string title) => $"'{title.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Rows(string tab, int first, int last) => $"{Tab(tab)}!{first}:{last}";

    public static string Columns(string tab, int first, int last) => $"{Tab(tab)}!{Column(first)}:{Column(last)}";

    /// <summary>From a row to the end of the tab.</summary>
    public static string Downwards(string tab, int column, int fromRow) => $"{Tab(tab)}!{Column(column)}{fromRow}:{Column(column)}";

    public static string Block(string tab, int firstRow, int firstColumn, int lastRow, int lastColumn) =>
        firstRow == lastRow && firstColumn == lastColumn
            ? $"{Tab(tab)}!{Column(firstColumn)}{firstRow}"
            : $"{Tab(tab)}!{Column(firstColumn)}{firstRow}:{Column(lastColumn)}{lastRow}";
}
