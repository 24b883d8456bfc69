using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api.Batch;

/// <summary>Cells' values and formats.</summary>
internal static class CellRequests
{
    public static JsonObject? Update(Transaction t, JsonObject request)
    {
        var mask = request.Mask("CellData");
        var rows = request.Array("rows");
        if (request.Object("start") is { } start)
        {
            WriteRows(t, t.Spreadsheet.SheetOf(start.Int("sheetId") ?? 0), rows, start.Int("rowIndex") ?? 0, start.Int("columnIndex") ?? 0, mask);
            return null;
        }
        var range = request.RequiredRange("range", t.Spreadsheet);
        var sheet = t.Spreadsheet.SheetOf(range.SheetId);
        var area = range.On(sheet.Layout);
        if (rows.Count > area.Height || rows.OfType<JsonObject>().Any(r => r.Array("values").Count > area.Width))
            throw new SheetsException($"Attempting to write beyond the range {A1Range.Format(sheet.Title, area)}.");
        // Inside the range, cells that are not named lose the fields that are.
        var full = new JsonArray([.. Enumerable.Range(0, area.Height).Select(i =>
        {
            var values = i < rows.Count && rows[i] is JsonObject row ? row.Array("values").Select(v => v?.DeepClone() ?? new JsonObject()).ToList() : [];
            while (values.Count < area.Width)
                values.Add(new JsonObject());
            return new JsonObject { ["values"] = new JsonArray([.. values]) };
        })]);
        WriteRows(t, sheet, full, area.Top, area.Left, mask);
        return null;
    }

    public static JsonObject? Append(Transaction t, JsonObject request)
    {
        var mask = request.Mask("CellData");
        var sheet = t.Spreadsheet.SheetOf(request.Int("sheetId") ?? 0);
        var rows = request.Array("rows");
        var row = sheet.EndOfContent();
        if (row + rows.Count > sheet.Layout.RowCount)
            t.Apply(new InsertRows(sheet.Id, sheet.Layout.RowCount, row + rows.Count - sheet.Layout.RowCount, InheritFromBefore: true));
        WriteRows(t, sheet, rows, row, 0, mask);
        return null;
    }

    public static JsonObject? Repeat(Transaction t, JsonObject request)
    {
        var mask = request.Mask("CellData");
        var range = request.RequiredRange("range", t.Spreadsheet);
        var cell = request.Object("cell") ?? [];
        CheckLength(cell);
        if (!mask.TakesAll || cell.Count > 0)
            t.Apply(new RepeatCell(range.SheetId, range.On(t.Spreadsheet.SheetOf(range.SheetId).Layout), (JsonObject)cell.DeepClone(), request.Text("fields")!));
        else
            t.Apply(new RepeatCell(range.SheetId, range.On(t.Spreadsheet.SheetOf(range.SheetId).Layout), [], "*"));
        return null;
    }

    public static JsonObject? SetValidation(Transaction t, JsonObject request)
    {
        var range = request.RequiredRange("range", t.Spreadsheet);
        var cell = new JsonObject { ["dataValidation"] = request.Object("rule")?.DeepClone() };
        t.Apply(new RepeatCell(range.SheetId, range.On(t.Spreadsheet.SheetOf(range.SheetId).Layout), cell, "dataValidation"));
        return null;
    }

    public static JsonObject? UpdateBorders(Transaction t, JsonObject request)
    {
        var range = request.RequiredRange("range", t.Spreadsheet);
        var area = range.On(t.Spreadsheet.SheetOf(range.SheetId).Layout);
        Side("top", "top", area with { Bottom = area.Top + 1 });
        Side("bottom", "bottom", area with { Top = area.Bottom - 1 });
        Side("left", "left", area with { Right = area.Left + 1 });
        Side("right", "right", area with { Left = area.Right - 1 });
        Side("innerHorizontal", "bottom", area with { Bottom = area.Bottom - 1 });
        Side("innerVertical", "right", area with { Right = area.Right - 1 });
        return null;

        void Side(string name, string side, Area edge)
        {
            if (request.Object(name) is not { } border || edge.IsEmpty)
                return;
            var borders = border.Text("style") is "NONE" ? new JsonObject() : new JsonObject { [side] = border.DeepClone() };
            t.Apply(new RepeatCell(range.SheetId, edge, new JsonObject { ["userEnteredFormat"] = new JsonObject { ["borders"] = borders } }, $"userEnteredFormat.borders.{side}"));
        }
    }

    /// <summary>Puts rows of CellData at a place.</summary>
    public static void WriteRows(Transaction t, Sheet sheet, JsonArray rows, int top, int left, FieldsMask mask)
    {
        if (top < 0 || left < 0)
            throw new SheetsException($"rowIndex {top}, columnIndex {left} is outside of the grid.");
        var block = new Cell?[rows.Count][];
        for (var i = 0; i < rows.Count; i++)
        {
            var values = (rows[i] as JsonObject)?.Array("values") ?? [];
            if (top + i >= sheet.Layout.RowCount)
                throw new SheetsException($"Attempting to write row: {top + i}, beyond the last requested row of: {sheet.Layout.RowCount - 1}");
            if (left + values.Count > sheet.Layout.ColumnCount)
                throw new SheetsException($"Attempting to write column: {left + values.Count - 1}, beyond the last requested column of: {sheet.Layout.ColumnCount - 1}");
            block[i] = new Cell?[values.Count];
            for (var j = 0; j < values.Count; j++)
            {
                var data = values[j] as JsonObject ?? [];
                CheckLength(data);
                block[i][j] = CellDataMerge.Of(mask, data).Into(sheet[top + i, left + j]);
            }
        }
        t.Apply(new SetCells(sheet.Id, top, left, block));
    }

    private static void CheckLength(JsonObject cell)
    {
        if (cell.Object("userEnteredValue")?.Text("stringValue")?.Length > Limits.CharactersPerCell)
            throw new SheetsException(Limits.TooLong);
    }
}
