using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Viewing;

/// <summary>One page of a tab's rows, for a person who turns pages.</summary>
/// <param name="Window">The rows, the frozen ones first.</param>
/// <param name="Page">Which page, counted from 0.</param>
/// <param name="Pages">How many there are.</param>
/// <param name="From">The first row's place among the rows that are not hidden, counted from 1.</param>
/// <param name="To">The last row's place.</param>
/// <param name="ShownRows">How many rows are not hidden by a filter or a person.</param>
/// <param name="Chosen">The chosen cell; null when it is empty.</param>
/// <param name="Guarded">The parts that warn before they are changed.</param>
/// <param name="HideGridlines">Whether the tab shows no lines between cells.</param>
/// <param name="FilterRow">The row that carries the filter's buttons; null without a filter.</param>
public sealed record SheetPageView(
    SheetWindow Window, int Page, int Pages, int From, int To, int ShownRows, CellView? Chosen,
    IReadOnlyList<GuardedArea> Guarded, bool HideGridlines, int? FilterRow);

/// <summary>Cells that ask before they are changed.</summary>
/// <param name="Area">Where they are.</param>
/// <param name="Description">Why, in the words of whoever protected them.</param>
public sealed record GuardedArea(Area Area, string? Description);

public sealed partial class SheetViews
{
    /// <summary>The page with a number, or the one that holds the chosen cell.</summary>
    /// <param name="spreadsheetId">The spreadsheet.</param>
    /// <param name="sheetId">The tab; null, or one that is gone, for the first visible one.</param>
    /// <param name="page">Counted from 0; null for the chosen cell's.</param>
    /// <param name="row">The chosen cell's row.</param>
    /// <param name="column">The chosen cell's column.</param>
    /// <param name="size">Rows on a page.</param>
    public SheetPageView Page(string spreadsheetId, int? sheetId, int? page, int row, int column, int size) => store.Read(spreadsheetId, spreadsheet =>
    {
        var sheet = (sheetId is { } id ? spreadsheet.FindSheet(id) : null) ?? spreadsheet.Sheets.First(s => !s.Layout.Hidden);
        var locale = spreadsheet.Properties.Locale;
        var colours = new ConditionalColours(sheet, locale);
        var shown = ShownRows(sheet, new FilteredRows(sheet, locale));
        var pages = Math.Max(1, (shown.Count + size - 1) / size);
        var here = shown.BinarySearch(row);
        var at = Math.Clamp(page ?? (here < 0 ? ~here : here) / size, 0, pages - 1);
        var slice = shown.Skip(at * size).Take(size).ToList();
        var frozen = Enumerable.Range(0, Math.Min(sheet.Layout.FrozenRows, sheet.Layout.RowCount));
        var rows = frozen.Union(slice).Order().Select(r => RowOf(sheet, r, locale, colours)).ToList();
        var window = new SheetWindow(spreadsheet.Id, spreadsheet.Properties.Title, spreadsheet.Properties.TimeZone, spreadsheet.Form?.Title,
            [.. spreadsheet.Sheets.Where(s => !s.Layout.Hidden).Select(s => TabOf(spreadsheet, s))], TabOf(spreadsheet, sheet), ColumnsOf(sheet), rows,
            slice.FirstOrDefault(), sheet.EndOfContent());
        return new SheetPageView(window, at, pages, at * size + 1, at * size + slice.Count, shown.Count,
            CellOf(sheet[row, column], locale, over: null, under: null), GuardedOf(sheet), sheet.Layout.HideGridlines, sheet.Layout.Filter?.Range.On(sheet.Layout).Top);
    });

    /// <summary>The parts of a tab that warn before they are changed.</summary>
    public IReadOnlyList<GuardedArea> Guarded(string spreadsheetId, int sheetId) =>
        store.Read(spreadsheetId, spreadsheet => GuardedOf(spreadsheet.SheetOf(sheetId)));

    /// <summary>What a person would edit in a cell.</summary>
    public string Entered(string spreadsheetId, int sheetId, int row, int column) =>
        store.Read(spreadsheetId, spreadsheet => Entered(spreadsheet.SheetOf(sheetId)[row, column], spreadsheet.Properties.Locale));

    private static List<GuardedArea> GuardedOf(Sheet sheet) =>
        [.. sheet.Layout.ProtectedRanges.Where(p => p.WarningOnly).Select(p => new GuardedArea(p.Range.On(sheet.Layout), p.Description))];

    private static List<int> ShownRows(Sheet sheet, FilteredRows filtered)
    {
        var shown = new List<int>(sheet.Layout.RowCount);
        for (var row = 0; row < sheet.Layout.RowCount; row++)
        {
            if (sheet.RowAt(row) is not { Hidden: true } && !filtered.Hides(row))
                shown.Add(row);
        }
        return shown;
    }
}
