using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Viewing;

/// <summary>What a person does to a sheet with mouse and keyboard. Rows and columns are counted from 0.</summary>
public sealed class SheetEditing(SpreadsheetStore store)
{
    /// <summary>Types a text into a cell.</summary>
    public void EditCell(string spreadsheetId, int sheetId, int row, int column, string text) => store.Write(spreadsheetId, t =>
    {
        var sheet = t.Spreadsheet.SheetOf(sheetId);
        if (row >= sheet.Layout.RowCount || column >= sheet.Layout.ColumnCount || row < 0 || column < 0)
            throw new SheetsException("That cell is outside of the grid.");
        if (text.Length > Limits.CharactersPerCell)
            throw new SheetsException(Limits.TooLong);
        var old = sheet[row, column];
        var entered = old?.Format?.NumberType is "TEXT" ? new EnteredValue(text) : EnteredValue.Parse(text, t.Spreadsheet.Properties.Locale, t.Today);
        t.Apply(new SetCells(sheetId, row, column, [[entered.Into(old)]]));
    });

    /// <summary>“Sort sheet”: every row below the frozen ones (or below the header), whole rows.</summary>
    public void Sort(string spreadsheetId, int sheetId, int column, bool descending) => store.Write(spreadsheetId, t =>
    {
        var sheet = t.Spreadsheet.SheetOf(sheetId);
        var top = Math.Max(1, sheet.Layout.FrozenRows);
        t.Apply(new SortRows(sheetId, sheet.Grid with { Top = top, Bottom = Math.Max(top, sheet.UsedRows) }, [new SortKey(column, descending)]));
    });

    public void InsertRows(string spreadsheetId, int sheetId, int at, int count = 1) => store.Write(spreadsheetId, t =>
        t.Apply(new InsertRows(sheetId, Within(at, t.Spreadsheet.SheetOf(sheetId).Layout.RowCount), count, InheritFromBefore: at > 0)));

    public void DeleteRows(string spreadsheetId, int sheetId, int at, int count = 1) => store.Write(spreadsheetId, t =>
    {
        var layout = t.Spreadsheet.SheetOf(sheetId).Layout;
        if (at < 0 || count < 1 || at + count > layout.RowCount)
            throw new SheetsException("Those rows are outside of the grid.");
        if (count >= layout.RowCount - layout.FrozenRows && layout.RowCount - count < Math.Max(1, layout.FrozenRows + 1))
            throw new SheetsException("You can't delete all the rows on the sheet.");
        t.Apply(new DeleteRows(sheetId, at, count));
    });

    public void MoveRows(string spreadsheetId, int sheetId, int from, int count, int before) => store.Write(spreadsheetId, t =>
        t.Apply(new MoveRows(sheetId, from, count, Within(before, t.Spreadsheet.SheetOf(sheetId).Layout.RowCount))));

    public void InsertColumns(string spreadsheetId, int sheetId, int at, int count = 1) => store.Write(spreadsheetId, t =>
        t.Apply(new InsertColumns(sheetId, Within(at, t.Spreadsheet.SheetOf(sheetId).Layout.ColumnCount), count, InheritFromBefore: at > 0)));

    public void DeleteColumns(string spreadsheetId, int sheetId, int at, int count = 1) => store.Write(spreadsheetId, t =>
    {
        var layout = t.Spreadsheet.SheetOf(sheetId).Layout;
        if (at < 0 || count < 1 || at + count > layout.ColumnCount)
            throw new SheetsException("Those columns are outside of the grid.");
        if (count >= layout.ColumnCount)
            throw new SheetsException("You can't delete all the columns on the sheet.");
        t.Apply(new DeleteColumns(sheetId, at, count));
    });

    public void MoveColumns(string spreadsheetId, int sheetId, int from, int count, int before) => store.Write(spreadsheetId, t =>
        t.Apply(new MoveColumns(sheetId, from, count, Within(before, t.Spreadsheet.SheetOf(sheetId).Layout.ColumnCount))));

    public void RenameTab(string spreadsheetId, int sheetId, string title) => store.Write(spreadsheetId, t =>
    {
        if (title.Length == 0)
            throw new SheetsException("The sheet name cannot be empty.");
        if (t.Spreadsheet.FindSheet(title) is { } other && other.Id != sheetId)
            throw new SheetsException($"A sheet with the name \"{title}\" already exists. Please enter another name.");
        t.Apply(new SetLayout(t.Spreadsheet.SheetOf(sheetId).Layout with { Title = title }));
    });

    /// <summary>Adds an empty tab after the others and returns its number.</summary>
    public int AddTab(string spreadsheetId) => store.Write(spreadsheetId, t =>
    {
        var number = t.Spreadsheet.Sheets.Count + 1;
        while (t.Spreadsheet.FindSheet($"Sheet{number}") is not null)
            number++;
        var id = RandomNumberGenerator.GetInt32(1, int.MaxValue);
        t.Apply(new AddSheet(new SheetLayout { SheetId = id, Title = $"Sheet{number}" }, t.Spreadsheet.Sheets.Count));
        return id;
    });

    public void DeleteTab(string spreadsheetId, int sheetId) => store.Write(spreadsheetId, t =>
    {
        if (t.Spreadsheet.Sheets.Count(s => !s.Layout.Hidden) == 1)
            throw new SheetsException("You can't remove the only visible sheet in a document.");
        t.Apply(new DeleteSheet(t.Spreadsheet.SheetOf(sheetId).Id));
    });

    /// <summary>Filters a column by hiding these texts; none shows everything again. The filter is made over the content if there is none.</summary>
    public void Filter(string spreadsheetId, int sheetId, int column, IReadOnlyCollection<string> hidden) => store.Write(spreadsheetId, t =>
    {
        var sheet = t.Spreadsheet.SheetOf(sheetId);
        var filter = sheet.Layout.Filter ?? new BasicFilter(new GridRange(sheetId, 0, null, 0, sheet.Layout.ColumnCount), ImmutableSortedDictionary<int, JsonObject>.Empty, SortSpecs: null);
        var criteria = hidden.Count == 0
            ? filter.Criteria.Remove(column)
            : filter.Criteria.SetItem(column, new JsonObject { ["hiddenValues"] = new JsonArray([.. hidden.Select(h => JsonValue.Create(h))]) });
        t.Apply(new SetLayout(sheet.Layout with { Filter = filter with { Criteria = criteria } }));
    });

    public void ClearFilter(string spreadsheetId, int sheetId) => store.Write(spreadsheetId, t =>
        t.Apply(new SetLayout(t.Spreadsheet.SheetOf(sheetId).Layout with { Filter = null })));

    private static int Within(int at, int count) => at >= 0 && at <= count ? at : throw new SheetsException("That place is outside of the grid.");
}
