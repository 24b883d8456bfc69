using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api.Batch;

/// <summary>Rows and columns: more, fewer, elsewhere, wider.</summary>
internal static class DimensionRequests
{
    public static JsonObject? Append(Transaction t, JsonObject request)
    {
        var sheet = t.Spreadsheet.SheetOf(request.Int("sheetId") ?? 0);
        var length = request.Int("length") ?? 0;
        if (length < 1)
            throw new SheetsException("length must be greater than 0.");
        MustFit(t, sheet, IsRows(request), length);
        if (IsRows(request))
            t.Apply(new InsertRows(sheet.Id, sheet.Layout.RowCount, length, InheritFromBefore: true));
        else
            t.Apply(new InsertColumns(sheet.Id, sheet.Layout.ColumnCount, length, InheritFromBefore: true));
        return null;
    }

    public static JsonObject? Insert(Transaction t, JsonObject request)
    {
        var (sheet, rows, start, end) = Range(t, request, "range", mayEndBeyond: true);
        var inherit = request.Flag("inheritFromBefore");
        if (inherit && start == 0)
            throw new SheetsException("Cannot inherit from before when inserting at the first row or column.");
        MustFit(t, sheet, rows, (long)end - start);
        t.Apply(rows ? new InsertRows(sheet.Id, start, end - start, inherit) : new InsertColumns(sheet.Id, start, end - start, inherit));
        return null;
    }

    /// <summary>Before the grid is touched: what is far too much must not be counted around the largest number there is.</summary>
    private static void MustFit(Transaction t, Sheet sheet, bool rows, long more)
    {
        var across = rows ? sheet.Layout.ColumnCount : sheet.Layout.RowCount;
        if (t.Spreadsheet.GridCells + more * across > Limits.GridCells)
            throw new SheetsException(Limits.TooManyCells);
    }

    public static JsonObject? Delete(Transaction t, JsonObject request)
    {
        var (sheet, rows, start, end) = Range(t, request, "range");
        var (size, frozen) = rows ? (sheet.Layout.RowCount, sheet.Layout.FrozenRows) : (sheet.Layout.ColumnCount, sheet.Layout.FrozenColumns);
        if (end - start >= size)
            throw new SheetsException($"You can't delete all the {(rows ? "rows" : "columns")} on the sheet.");
        if (frozen > 0 && start <= frozen && end == size)
            throw new SheetsException($"Sorry, it is not possible to delete all non-frozen {(rows ? "rows" : "columns")}.");
        t.Apply(rows ? new DeleteRows(sheet.Id, start, end - start) : new DeleteColumns(sheet.Id, start, end - start));
        return null;
    }

    public static JsonObject? Move(Transaction t, JsonObject request)
    {
        var (sheet, rows, start, end) = Range(t, request, "source");
        var to = request.Int("destinationIndex") ?? 0;
        if (to < 0 || to > (rows ? sheet.Layout.RowCount : sheet.Layout.ColumnCount))
            throw new SheetsException($"destinationIndex {to} is outside of the grid.");
        if (to < start || to > end)
            t.Apply(rows ? new MoveRows(sheet.Id, start, end - start, to) : new MoveColumns(sheet.Id, start, end - start, to));
        return null;
    }

    public static JsonObject? Update(Transaction t, JsonObject request)
    {
        var mask = request.Mask("DimensionProperties");
        var properties = request.Object("properties") ?? [];
        var (sheet, rows, start, end) = Range(t, request, "range");
        bool? hidden = mask.Below("hiddenByUser") is null ? null : properties.Flag("hiddenByUser");
        int? pixels = mask.Below("pixelSize") is null ? null : properties.Int("pixelSize") ?? (rows ? 21 : 100);
        if (rows)
        {
            t.Apply(new SetRows(sheet.Id, start, [.. Enumerable.Repeat(hidden, end - start)], [.. Enumerable.Repeat(pixels, end - start)]));
            return null;
        }
        var layout = sheet.Layout;
        for (var column = start; column < end; column++)
        {
            var old = layout.Column(column);
            layout = layout.WithColumn(column, old with { Hidden = hidden ?? old.Hidden, PixelSize = pixels ?? old.PixelSize });
        }
        t.Apply(new SetLayout(layout));
        return null;
    }

    public static JsonObject? AutoResize(Transaction t, JsonObject request)
    {
        var (sheet, rows, start, end) = Range(t, request, "dimensions");
        if (rows)
            return null;
        var layout = sheet.Layout;
        for (var column = start; column < end; column++)
        {
            var longest = 0;
            for (var row = 0; row < sheet.UsedRows; row++)
                longest = Math.Max(longest, DisplayText.Of(sheet[row, column], t.Spreadsheet.Properties.Locale).Split('\n').Max(line => line.Length));
            layout = layout.WithColumn(column, layout.Column(column) with { PixelSize = Math.Clamp(longest * 7 + 12, 21, 1500) });
        }
        t.Apply(new SetLayout(layout));
        return null;
    }

    private static bool IsRows(JsonObject owner) => owner.Text("dimension") switch
    {
        "ROWS" => true,
        "COLUMNS" => false,
        _ => throw new SheetsException("No dimension specified."),
    };

    private static (Sheet Sheet, bool Rows, int Start, int End) Range(Transaction t, JsonObject request, string name, bool mayEndBeyond = false)
    {
        var range = request.Object(name) ?? throw new SheetsException($"{name} is required.");
        var sheet = t.Spreadsheet.SheetOf(range.Int("sheetId") ?? 0);
        var rows = IsRows(range);
        var size = rows ? sheet.Layout.RowCount : sheet.Layout.ColumnCount;
        var (start, end) = (range.Int("startIndex") ?? 0, range.Int("endIndex") ?? size);
        if (start < 0 || end <= start)
            throw new SheetsException($"{name}.endIndex ({end}) must be greater than {name}.startIndex ({start}).");
        if (mayEndBeyond ? start > size : end > size)
            throw new SheetsException($"{name} ends at {(mayEndBeyond ? start : end)}, but the sheet has only {size} {(rows ? "rows" : "columns")}.");
        return (sheet, rows, start, end);
    }
}
