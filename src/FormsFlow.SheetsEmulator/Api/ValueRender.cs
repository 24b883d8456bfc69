using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>Turns cells into the values of a ValueRange, in one of Google's renderings.</summary>
internal sealed record ValueRender(string Values, string Dates, string Locale)
{
    public static ValueRender Of(ApiCall call, Spreadsheet spreadsheet, string prefix = "") => new(
        call.Enum(prefix.Length == 0 ? "valueRenderOption" : prefix + "ValueRenderOption", "ValueRenderOption", "FORMATTED_VALUE"),
        call.Enum(prefix.Length == 0 ? "dateTimeRenderOption" : prefix + "DateTimeRenderOption", "DateTimeRenderOption", "SERIAL_NUMBER"),
        spreadsheet.Properties.Locale);

    /// <summary>The range with the cells of an area; what is empty at the end of rows, and of the range, is left out.</summary>
    public JsonObject Range(Sheet sheet, Area area, string majorDimension)
    {
        var json = new JsonObject { ["range"] = A1Range.Format(sheet.Title, area), ["majorDimension"] = majorDimension };
        var values = majorDimension is "COLUMNS" ? Columns(sheet, area) : Rows(sheet, area);
        if (values.Count > 0)
            json["values"] = values;
        return json;
    }

    private JsonArray Rows(Sheet sheet, Area area)
    {
        var rows = new JsonArray();
        var empty = 0;
        for (var i = area.Top; i < Math.Min(area.Bottom, sheet.UsedRows); i++)
        {
            var row = sheet.RowAt(i);
            var right = Math.Min(area.Right, row?.Width ?? 0);
            while (right > area.Left && IsEmpty(row![right - 1]))
                right--;
            if (right <= area.Left)
            {
                empty++;
                continue;
            }
            for (; empty > 0; empty--)
                rows.Add((JsonNode)new JsonArray());
            var values = new JsonArray();
            for (var j = area.Left; j < right; j++)
                values.Add(Value(row![j]));
            rows.Add((JsonNode)values);
        }
        return rows;
    }

    private JsonArray Columns(Sheet sheet, Area area)
    {
        var columns = new JsonArray();
        var empty = 0;
        for (var j = area.Left; j < area.Right; j++)
        {
            var bottom = Math.Min(area.Bottom, sheet.UsedRows);
            while (bottom > area.Top && IsEmpty(sheet[bottom - 1, j]))
                bottom--;
            if (bottom <= area.Top)
            {
                empty++;
                continue;
            }
            for (; empty > 0; empty--)
                columns.Add((JsonNode)new JsonArray());
            var values = new JsonArray();
            for (var i = area.Top; i < bottom; i++)
                values.Add(Value(sheet[i, j]));
            columns.Add((JsonNode)values);
        }
        return columns;
    }

    private static bool IsEmpty(Cell? cell) => cell is not { HasValue: true };

    private JsonValue Value(Cell? cell)
    {
        if (Values is "FORMULA" && cell?.Formula is { } formula)
            return JsonValue.Create(formula);
        if (Values is not "FORMATTED_VALUE" && !(Dates is "FORMATTED_STRING" && DisplayText.IsDate(cell)))
        {
            switch (cell?.Value)
            {
                case double number:
                    return JsonValue.Create(number);
                case bool truth:
                    return JsonValue.Create(truth);
            }
        }
        return JsonValue.Create(DisplayText.Of(cell, Locale));
    }
}
