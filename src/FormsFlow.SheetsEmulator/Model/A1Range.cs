using System.Globalization;
using System.Text.RegularExpressions;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>
/// A range in A1 notation (or R1C1, which Google takes as well): <c>A1</c>, <c>A1:B2</c>, <c>A:A</c>, <c>1:1</c>, <c>A5:A</c>,
/// <c>Sheet1</c>, <c>'It''s a tab'!A1</c>. Sides that are not named are open.
/// </summary>
/// <param name="SheetTitle">The tab, or null for the first one.</param>
/// <param name="StartRow">From this row, counted from 0; null: from the top.</param>
/// <param name="EndRow">Up to before this row; null: to the bottom.</param>
/// <param name="StartColumn">From this column, counted from 0; null: from the left.</param>
/// <param name="EndColumn">Up to before this column; null: to the right.</param>
public sealed partial record A1Range(string? SheetTitle, int? StartRow, int? EndRow, int? StartColumn, int? EndColumn)
{
    /// <summary>Reads the text for a spreadsheet; a text without an exclamation mark may be a tab's name.</summary>
    /// <exception cref="SheetsException">It names nothing here, worded as Google does.</exception>
    public static (Sheet Sheet, A1Range Range) Resolve(Spreadsheet spreadsheet, string text)
    {
        var unparsable = new SheetsException($"Unable to parse range: {text}");
        var (title, cells) = Split(text);
        if (title is not null)
        {
            var named = spreadsheet.FindSheet(title) ?? throw unparsable;
            return (named, cells is null ? new(title, null, null, null, null) : Cells(cells) ?? throw unparsable);
        }
        // Cells first: a tab that is called A1 is reached by quoting its name.
        if (Cells(text) is { } range)
            return (spreadsheet.Sheets[0], range);
        return (spreadsheet.FindSheet(text) ?? throw unparsable, new(text, null, null, null, null));
    }

    /// <summary>The part that lies on the grid.</summary>
    /// <exception cref="SheetsException">It starts outside of the grid.</exception>
    public Area On(Sheet sheet)
    {
        var grid = sheet.Layout;
        if ((StartRow ?? 0) >= grid.RowCount || (StartColumn ?? 0) >= grid.ColumnCount)
            throw ExceedsGrid(sheet);
        return new(StartRow ?? 0, StartColumn ?? 0, Math.Min(EndRow ?? grid.RowCount, grid.RowCount), Math.Min(EndColumn ?? grid.ColumnCount, grid.ColumnCount));
    }

    public SheetsException ExceedsGrid(Sheet sheet)
    {
        var (top, left) = (StartRow ?? 0, StartColumn ?? 0);
        var area = new Area(top, left, Math.Max(top + 1, EndRow ?? sheet.Layout.RowCount), Math.Max(left + 1, EndColumn ?? sheet.Layout.ColumnCount));
        return new SheetsException($"Range ({Format(sheet.Title, area)}) exceeds grid limits. Max rows: {sheet.Layout.RowCount}, max columns: {sheet.Layout.ColumnCount}");
    }

    /// <summary>As Google writes a range back: the tab quoted where it must be, one cell without a colon.</summary>
    public static string Format(string title, Area area)
    {
        var from = ColumnName(area.Left) + (area.Top + 1).ToString(CultureInfo.InvariantCulture);
        var to = ColumnName(area.Right - 1) + area.Bottom.ToString(CultureInfo.InvariantCulture);
        return $"{Quote(title)}!{(area.Height == 1 && area.Width == 1 ? from : $"{from}:{to}")}";
    }

    public static string Quote(string title) =>
        PlainTitle().IsMatch(title) && Cells(title) is null ? title : $"'{title.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A for 0, Z for 25, AA for 26.</summary>
    public static string ColumnName(int index)
    {
        var name = "";
        for (index++; index > 0; index = (index - 1) / 26)
            name = (char)('A' + (index - 1) % 26) + name;
        return name;
    }

    public static int ColumnIndex(string name)
    {
        var index = 0;
        foreach (var c in name)
            index = index * 26 + char.ToUpperInvariant(c) - 'A' + 1;
        return index - 1;
    }

    private static (string? Title, string? Cells) Split(string text)
    {
        if (text.StartsWith('\''))
        {
            var quoted = QuotedTitle().Match(text);
            if (quoted.Success)
                return (quoted.Groups["title"].Value.Replace("''", "'", StringComparison.Ordinal), quoted.Groups["cells"].Success ? quoted.Groups["cells"].Value : null);
        }
        var mark = text.LastIndexOf('!');
        return mark < 0 ? (null, null) : (text[..mark], text[(mark + 1)..]);
    }

    private static A1Range? Cells(string text)
    {
        if (A1().Match(text) is { Success: true } a1)
            return Made(Column(a1, "c1"), Row(a1, "r1"), a1.Groups["to"].Success, Column(a1, "c2"), Row(a1, "r2"));
        if (R1C1().Match(text) is { Success: true } rc)
            return Made(Row(rc, "c1"), Row(rc, "r1"), rc.Groups["to"].Success, Row(rc, "c2"), Row(rc, "r2"));
        return null;
    }

    private static A1Range? Made(int? column1, int? row1, bool isRange, int? column2, int? row2)
    {
        if (row1 < 0 || row2 < 0 || column1 < 0 || column2 < 0)
            return null;
        if (!isRange)
            return column1 is null || row1 is null ? null : new(null, row1, row1 + 1, column1, column1 + 1);
        if ((column1 ?? row1) is null || (column2 ?? row2) is null)
            return null;
        var (top, bottom) = Ordered(row1, row2);
        var (left, right) = Ordered(column1, column2);
        return new(null, top, bottom, left, right);
    }

    // A5:A and A:A5 both mean from row 5 to the bottom; B2:A1 is A1:B2.
    private static (int? From, int? To) Ordered(int? a, int? b) =>
        a is { } x && b is { } y ? (Math.Min(x, y), Math.Max(x, y) + 1) : (a ?? b, null);

    private static int? Column(Match match, string group) => match.Groups[group] is { Success: true, Length: > 0 } g ? ColumnIndex(g.Value) : null;

    private static int? Row(Match match, string group) =>
        match.Groups[group] is { Success: true, Length: > 0 } g ? (int)Math.Min(long.Parse(g.Value, CultureInfo.InvariantCulture), int.MaxValue - 1) - 1 : null;

    [GeneratedRegex("""^\$?(?<c1>[A-Za-z]{0,3})\$?(?<r1>[0-9]{0,9})(?<to>:\$?(?<c2>[A-Za-z]{0,3})\$?(?<r2>[0-9]{0,9}))?$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex A1();

    [GeneratedRegex("""^R(?<r1>[0-9]{1,9})C(?<c1>[0-9]{1,9})(?<to>:R(?<r2>[0-9]{1,9})C(?<c2>[0-9]{1,9}))?$""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex R1C1();

    [GeneratedRegex("""^'(?<title>(?:[^']|'')*)'(?:!(?<cells>.*))?$""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex QuotedTitle();

    [GeneratedRegex("""^[A-Za-z_][A-Za-z0-9_]*$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainTitle();
}
