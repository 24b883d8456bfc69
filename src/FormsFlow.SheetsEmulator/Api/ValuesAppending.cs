using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>values.append: finds the last “table” in a range and writes below it.</summary>
internal static class ValuesAppending
{
    public static JsonObject Append(ApiCall call) => call.Write(t =>
    {
        var option = ValuesWriting.InputOption(call);
        var insert = call.Enum("insertDataOption", "InsertDataOption", "OVERWRITE") is "INSERT_ROWS";
        var (sheet, range) = A1Range.Resolve(t.Spreadsheet, call.Range);
        var table = TableIn(sheet, range.On(sheet));
        var (row, column) = table is { } found ? (found.Bottom, found.Left) : (range.StartRow ?? 0, range.StartColumn ?? 0);
        var lines = call.Body.Array("values");
        var height = call.Body.Text("majorDimension") is "COLUMNS" ? lines.Select(l => ((JsonArray)l!).Count).DefaultIfEmpty().Max() : lines.Count;

        if (insert && height > 0 && row < sheet.Layout.RowCount)
            t.Apply(new InsertRows(sheet.Id, row, height, InheritFromBefore: table is not null));
        if (row + height > sheet.Layout.RowCount)
            t.Apply(new InsertRows(sheet.Id, sheet.Layout.RowCount, row + height - sheet.Layout.RowCount, InheritFromBefore: true));

        var start = new A1Range(sheet.Title, row, row + 1, column, column + 1);
        var written = height == 0 ? new Area(row, column, row, column) : ValuesWriting.Put(t, sheet, start, call.Body, option);
        var answer = new JsonObject { ["spreadsheetId"] = t.Spreadsheet.Id };
        if (table is { } above)
            answer["tableRange"] = A1Range.Format(sheet.Title, above);
        t.Recalculate();
        answer["updates"] = ValuesWriting.Answer(call, t.Spreadsheet, sheet, written, call.Flag("includeValuesInResponse"));
        return answer;
    });

    /// <summary>The block of filled cells, bounded by blank rows and columns, that holds the last filled cell of the range.</summary>
    internal static Area? TableIn(Sheet sheet, Area range)
    {
        for (var row = Math.Min(range.Bottom, sheet.UsedRows) - 1; row >= range.Top; row--)
        {
            for (var column = Math.Min(range.Right, sheet.RowAt(row)?.Width ?? 0) - 1; column >= range.Left; column--)
            {
                if (sheet[row, column] is { HasValue: true })
                    return Grown(sheet, new Area(row, column, row + 1, column + 1));
            }
        }
        return null;
    }

    private static Area Grown(Sheet sheet, Area area)
    {
        while (true)
        {
            var before = area;
            while (area.Top > 0 && sheet.HasContent(area.Top - 1, Math.Max(0, area.Left - 1), area.Right + 1))
                area = area with { Top = area.Top - 1 };
            while (sheet.HasContent(area.Bottom, Math.Max(0, area.Left - 1), area.Right + 1))
                area = area with { Bottom = area.Bottom + 1 };
            while (area.Left > 0 && ColumnHasContent(sheet, area.Left - 1, area))
                area = area with { Left = area.Left - 1 };
            while (ColumnHasContent(sheet, area.Right, area))
                area = area with { Right = area.Right + 1 };
            if (area == before)
                return area;
        }
    }

    private static bool ColumnHasContent(Sheet sheet, int column, Area area)
    {
        for (var row = Math.Max(0, area.Top - 1); row < Math.Min(area.Bottom + 1, sheet.UsedRows); row++)
        {
            if (sheet[row, column] is { HasValue: true })
                return true;
        }
        return false;
    }
}
