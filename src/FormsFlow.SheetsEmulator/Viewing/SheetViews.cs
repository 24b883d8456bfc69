using System.Globalization;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Viewing;

/// <summary>Looks at spreadsheets as a person does.</summary>
public sealed partial class SheetViews(SpreadsheetStore store)
{
    /// <summary>A window of rows that no filter hides, starting at a row; the frozen rows always come first.</summary>
    /// <param name="spreadsheetId">The spreadsheet.</param>
    /// <param name="sheetId">The tab; null for the first visible one.</param>
    /// <param name="firstRow">The first row wanted, counted from 0.</param>
    /// <param name="rows">How many to show at most.</param>
    public SheetWindow Window(string spreadsheetId, int? sheetId = null, int firstRow = 0, int rows = 100) => store.Read(spreadsheetId, spreadsheet =>
    {
        var sheet = (sheetId is { } id ? spreadsheet.FindSheet(id) : spreadsheet.Sheets.FirstOrDefault(s => !s.Layout.Hidden))
            ?? throw new SheetsException($"No grid with id: {sheetId}");
        var locale = spreadsheet.Properties.Locale;
        var filtered = new FilteredRows(sheet, locale);
        var colours = new ConditionalColours(sheet, locale);
        var shown = new List<RowView>();
        for (var row = 0; row < Math.Min(sheet.Layout.FrozenRows, sheet.Layout.RowCount); row++)
            shown.Add(RowOf(sheet, row, locale, colours));
        for (var row = Math.Max(firstRow, sheet.Layout.FrozenRows); row < sheet.Layout.RowCount && shown.Count < rows + sheet.Layout.FrozenRows; row++)
        {
            if (sheet.RowAt(row) is not { Hidden: true } && !filtered.Hides(row))
                shown.Add(RowOf(sheet, row, locale, colours));
        }
        var tabs = spreadsheet.Sheets.Where(s => !s.Layout.Hidden).Select(s => TabOf(spreadsheet, s)).ToList();
        return new SheetWindow(spreadsheet.Id, spreadsheet.Properties.Title, spreadsheet.Properties.TimeZone, spreadsheet.Form?.Title, tabs,
            TabOf(spreadsheet, sheet), ColumnsOf(sheet), shown, firstRow, sheet.EndOfContent());
    });

    /// <summary>The distinct texts in a column below the header, with whether the filter hides them: what a filter menu offers.</summary>
    public IReadOnlyList<(string Text, bool Hidden)> FilterChoices(string spreadsheetId, int sheetId, int column) => store.Read(spreadsheetId, spreadsheet =>
    {
        var sheet = spreadsheet.SheetOf(sheetId);
        var area = sheet.Layout.Filter?.Range.On(sheet.Layout) ?? sheet.Grid;
        var hidden = (sheet.Layout.Filter?.Criteria.GetValueOrDefault(column)?["hiddenValues"] as System.Text.Json.Nodes.JsonArray ?? [])
            .Select(v => v!.GetValue<string>()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(area.Top + 1, Math.Max(0, Math.Min(area.Bottom, sheet.UsedRows) - area.Top - 1))
            .Select(row => DisplayText.Of(sheet[row, column], spreadsheet.Properties.Locale))
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
            .Select(text => (text, hidden.Contains(text))).ToList();
    });

    private static TabView TabOf(Spreadsheet spreadsheet, Sheet sheet)
    {
        var layout = sheet.Layout;
        return new TabView(sheet.Id, sheet.Title, layout.RowCount, layout.ColumnCount, layout.FrozenRows, layout.FrozenColumns,
            layout.TabColorStyle is { } style ? CellFormat.Colour(new() { ["style"] = style.DeepClone() }, "style", "") : null,
            spreadsheet.Form?.SheetId == sheet.Id,
            layout.ProtectedRanges.Any(p => p.WarningOnly && p.Range is { StartRow: null or 0, StartColumn: null or 0 }));
    }

    private static List<ColumnView> ColumnsOf(Sheet sheet)
    {
        var filter = sheet.Layout.Filter;
        var covered = filter?.Range.On(sheet.Layout);
        return [.. Enumerable.Range(0, sheet.Layout.ColumnCount).Select(i => new ColumnView(i, A1Range.ColumnName(i), sheet.Layout.Column(i).PixelSize,
            sheet.Layout.Column(i).Hidden, covered is { } area && i >= area.Left && i < area.Right, filter?.Criteria.ContainsKey(i) == true))];
    }

    private static RowView RowOf(Sheet sheet, int row, string locale, ConditionalColours colours)
    {
        var cells = new CellView?[sheet.Layout.ColumnCount];
        for (var column = 0; column < cells.Length; column++)
            cells[column] = CellOf(sheet[row, column], locale, colours.Over(row, column), colours.Under(row, column));
        return new RowView(row, cells, sheet.RowAt(row)?.ResponseId, sheet.RowAt(row)?.PixelSize ?? 21);
    }

    private static CellView? CellOf(Cell? cell, string locale, CellFormat? over, string? under)
    {
        if (cell is null && over is null && under is null)
            return null;
        var own = cell?.Format;
        var link = own?.Link ?? cell?.Link;
        var style = new CellStyle(
            over?.Background ?? own?.Background ?? under, over?.Foreground ?? own?.Foreground ?? (link is null ? null : "#1155cc"),
            over?.Bold ?? own?.Bold ?? false, over?.Italic ?? own?.Italic ?? false, over?.Underline ?? own?.Underline ?? link is not null,
            over?.Strikethrough ?? own?.Strikethrough ?? false, own?.FontSize,
            own?.HorizontalAlignment ?? (cell?.Value switch { double => "RIGHT", bool or CellError => "CENTER", _ => "LEFT" }), own?.VerticalAlignment, own?.Wrap ?? "OVERFLOW_CELL",
            own?.Box);
        return new CellView(DisplayText.Of(cell, locale), Entered(cell, locale), style, link);
    }

    /// <summary>What stands in the formula bar. Text that would become something else when entered again gets its apostrophe.</summary>
    private static string Entered(Cell? cell, string locale)
    {
        if (cell?.Formula is { } formula)
            return formula;
        return cell?.Value switch
        {
            string text when EnteredValue.Parse(text, locale, default).Value is not string same || same != text => "'" + text,
            double number when cell.Format?.NumberType is null => number.ToString("R", CultureInfo.InvariantCulture),
            _ => DisplayText.Of(cell, locale),
        };
    }
}
