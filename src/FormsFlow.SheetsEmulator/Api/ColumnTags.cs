using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>Developer metadata of columns: which there is, which a lookup means, and how Google writes it.</summary>
internal static class ColumnTags
{
    public static IEnumerable<(Sheet Sheet, int Column, ColumnTag Tag)> All(Spreadsheet spreadsheet) =>
        from sheet in spreadsheet.Sheets
        from column in sheet.Layout.Columns
        from tag in column.Value.Tags ?? []
        select (sheet, column.Key, tag);

    /// <summary>Those that match all that the lookup says; it may match none.</summary>
    public static IEnumerable<(Sheet Sheet, int Column, ColumnTag Tag)> Find(Spreadsheet spreadsheet, JsonObject lookup)
    {
        var (id, key, value, visibility) = (lookup.Int("metadataId"), lookup.Text("metadataKey"), lookup.Text("metadataValue"), lookup.Text("visibility"));
        if (lookup.Get("metadataLocation") is not null || lookup.Get("locationMatchingStrategy") is not null)
            throw new SheetsException("The emulator looks developer metadata up by id, key, value and visibility only.");
        return All(spreadsheet).Where(found =>
            (id ?? found.Tag.Id) == found.Tag.Id && (key ?? found.Tag.Key) == found.Tag.Key && (value ?? found.Tag.Value) == found.Tag.Value
            && (visibility ?? found.Tag.Visibility) == found.Tag.Visibility);
    }

    public static JsonObject ToJson(ColumnTag tag, int sheet, int column)
    {
        var json = new JsonObject { ["metadataId"] = tag.Id, ["metadataKey"] = tag.Key };
        if (tag.Value is not null)
            json["metadataValue"] = tag.Value;
        json["location"] = new JsonObject
        {
            ["locationType"] = "COLUMN",
            ["dimensionRange"] = new JsonObject { ["sheetId"] = sheet, ["dimension"] = "COLUMNS", ["startIndex"] = column, ["endIndex"] = column + 1 },
        };
        json["visibility"] = tag.Visibility;
        return json;
    }
}
