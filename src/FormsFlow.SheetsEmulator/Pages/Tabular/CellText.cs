using FormsFlow.SheetsEmulator.Viewing;

namespace FormsFlow.SheetsEmulator.Pages.Tabular;

/// <summary>What of a cell's text the grid shows: as much as could be seen. The formula bar has all of it.</summary>
internal static class CellText
{
    private const int Wrapped = 1500;

    public static string Shown(CellView cell, int width)
    {
        var most = cell.Style.Wrap is "WRAP" ? Wrapped : Math.Max(60, width / 2);
        if (cell.Text.Length <= most)
            return cell.Text;
        // Never half an emoji.
        return cell.Text[..(char.IsHighSurrogate(cell.Text[most - 1]) ? most - 1 : most)];
    }

    /// <summary>How far a text may run, over its own cell and the empty ones to its right; null when it stays inside.</summary>
    public static int? Run(RowView row, int index, IReadOnlyList<ColumnView> columns)
    {
        if (row.Cells[index] is not { Style: { Wrap: "OVERFLOW_CELL", HorizontalAlignment: "LEFT" } style, Link: null, Text: { Length: > 0 } text })
            return null;
        // Several lines stay in their cell, and what runs from right to left would run over the neighbours on its other side.
        if (text.Contains('\n', StringComparison.Ordinal) || text.AsSpan(0, Math.Min(text.Length, 12)).ContainsAnyInRange('\u0590', '\u08FF'))
            return null;
        var needed = text.Length * (style.FontSize ?? 10) * 0.9;
        var width = columns[index].PixelSize;
        if (needed < width)
            return null;
        var reach = width;
        for (var next = index + 1; next < columns.Count && reach < needed && row.Cells[next] is null or { Text.Length: 0 }; next++)
            reach += columns[next].Hidden ? 0 : columns[next].PixelSize;
        return reach > width ? reach : null;
    }

    /// <summary>Only addresses that lead somewhere, never ones that run something.</summary>
    public static string? Link(CellView? cell) =>
        cell?.Link is { } link && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" ? link : null;
}
