using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Viewing;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>Cells with everything about them (GridData, CellData).</summary>
internal static class GridDataJson
{
    public static JsonObject Of(Sheet sheet, Area area, string locale, FieldsMask mask)
    {
        var json = new JsonObject();
        if (area.Top > 0)
            json["startRow"] = area.Top;
        if (area.Left > 0)
            json["startColumn"] = area.Left;
        if (mask.Below("rowData") is { } rowMask)
        {
            var cellMask = rowMask.Below("values") ?? FieldsMask.All;
            var colours = cellMask.Below("effectiveFormat") is null ? null : new ConditionalColours(sheet, locale);
            var rows = new JsonArray();
            for (var row = area.Top; row < Math.Min(area.Bottom, sheet.UsedRows); row++)
                rows.Add((JsonNode)RowData(sheet, row, area, locale, cellMask, colours));
            while (rows.Count > 0 && rows[^1] is JsonObject { Count: 0 })
                rows.RemoveAt(rows.Count - 1);
            if (rows.Count > 0)
                json["rowData"] = rows;
        }
        if (mask.Below("rowMetadata") is not null)
        {
            var filtered = new FilteredRows(sheet, locale);
            json["rowMetadata"] = new JsonArray([.. Enumerable.Range(area.Top, area.Height).Select(row => RowMetadata(sheet, row, filtered))]);
        }
        if (mask.Below("columnMetadata") is not null)
            json["columnMetadata"] = new JsonArray([.. Enumerable.Range(area.Left, area.Width).Select(column => ColumnMetadata(sheet, column))]);
        return json;
    }

    public static JsonObject DefaultFormat() => new()
    {
        ["backgroundColor"] = White(),
        ["padding"] = new JsonObject { ["top"] = 2, ["right"] = 3, ["bottom"] = 2, ["left"] = 3 },
        ["verticalAlignment"] = "BOTTOM",
        ["wrapStrategy"] = "OVERFLOW_CELL",
        ["textFormat"] = new JsonObject
        {
            ["foregroundColor"] = new JsonObject(),
            ["fontFamily"] = "arial,sans,sans-serif",
            ["fontSize"] = 10,
            ["bold"] = false,
            ["italic"] = false,
            ["strikethrough"] = false,
            ["underline"] = false,
            ["foregroundColorStyle"] = new JsonObject { ["rgbColor"] = new JsonObject() },
        },
        ["backgroundColorStyle"] = new JsonObject { ["rgbColor"] = White() },
    };

    private static JsonObject White() => new() { ["red"] = 1, ["green"] = 1, ["blue"] = 1 };

    private static JsonObject RowData(Sheet sheet, int row, Area area, string locale, FieldsMask mask, ConditionalColours? colours)
    {
        var values = new JsonArray();
        for (var column = area.Left; column < Math.Min(area.Right, sheet.RowAt(row)?.Width ?? 0); column++)
            values.Add((JsonNode)CellData(sheet[row, column], locale, mask, colours?.Over(row, column)));
        while (values.Count > 0 && values[^1] is JsonObject { Count: 0 })
            values.RemoveAt(values.Count - 1);
        return values.Count == 0 ? [] : new JsonObject { ["values"] = values };
    }

    private static JsonObject CellData(Cell? cell, string locale, FieldsMask mask, CellFormat? conditional)
    {
        var json = new JsonObject();
        if (cell is null)
            return json;
        if (cell.HasValue)
        {
            if (mask.Below("userEnteredValue") is not null)
                json["userEnteredValue"] = cell.Formula is { } formula ? new JsonObject { ["formulaValue"] = formula } : Value(cell.Value);
            if (mask.Below("effectiveValue") is not null)
                json["effectiveValue"] = Value(cell.Value);
            if (mask.Below("formattedValue") is not null)
                json["formattedValue"] = DisplayText.Of(cell, locale);
        }
        if (cell.Format is { } format && mask.Below("userEnteredFormat") is not null)
            json["userEnteredFormat"] = format.ToJson();
        if (mask.Below("effectiveFormat") is not null)
            json["effectiveFormat"] = Effective(cell, conditional);
        if ((cell.Format?.Link ?? cell.Link) is { } link && mask.Below("hyperlink") is not null)
            json["hyperlink"] = link;
        if (cell.Extras?.Note is { } note && mask.Below("note") is not null)
            json["note"] = note;
        if (cell.Extras?.Validation is { } validation && mask.Below("dataValidation") is not null)
            json["dataValidation"] = validation.DeepClone();
        return json;
    }

    private static JsonObject Value(object? value) => value switch
    {
        double number => new JsonObject { ["numberValue"] = number },
        bool truth => new JsonObject { ["boolValue"] = truth },
        CellError error => new JsonObject { ["errorValue"] = new JsonObject { ["type"] = error.Kind, ["message"] = error.Message } },
        _ => new JsonObject { ["stringValue"] = value as string ?? "" },
    };

    private static JsonObject Effective(Cell cell, CellFormat? conditional)
    {
        var json = DefaultFormat();
        json["horizontalAlignment"] = cell.Value switch { double => "RIGHT", bool or CellError => "CENTER", _ => "LEFT" };
        Overlay(json, cell.Format?.ToJson());
        Overlay(json, conditional?.ToJson());
        return json;
    }

    private static void Overlay(JsonObject below, JsonObject? above)
    {
        foreach (var (name, value) in above ?? [])
        {
            if (value is JsonObject deeper && name is "textFormat" && below[name] is JsonObject target)
                Overlay(target, deeper);
            else
                below[name] = value?.DeepClone();
        }
    }

    private static JsonObject RowMetadata(Sheet sheet, int row, FilteredRows filtered)
    {
        var json = new JsonObject { ["pixelSize"] = sheet.RowAt(row)?.PixelSize ?? 21 };
        if (filtered.Hides(row))
            json["hiddenByFilter"] = true;
        if (sheet.RowAt(row) is { Hidden: true })
            json["hiddenByUser"] = true;
        return json;
    }

    private static JsonObject ColumnMetadata(Sheet sheet, int column)
    {
        var json = new JsonObject { ["pixelSize"] = sheet.Layout.Column(column).PixelSize };
        if (sheet.Layout.Column(column).Hidden)
            json["hiddenByUser"] = true;
        if (sheet.Layout.Column(column).Tags is { Count: > 0 } tags)
            json["developerMetadata"] = new JsonArray([.. tags.Select(tag => ColumnTags.ToJson(tag, sheet.Id, column))]);
        return json;
    }
}
