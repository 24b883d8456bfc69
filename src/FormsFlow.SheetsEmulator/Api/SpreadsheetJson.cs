using System.Globalization;
using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>A spreadsheet as Google writes it. Only what the field mask asks for is built.</summary>
internal static class SpreadsheetJson
{
    /// <param name="spreadsheet">The spreadsheet.</param>
    /// <param name="areas">The parts wanted; empty: all tabs, whole.</param>
    /// <param name="includeData">Whether to add the cells; a mask decides for itself.</param>
    /// <param name="mask">The mask below the spreadsheet, or null.</param>
    public static JsonObject Of(Spreadsheet spreadsheet, IReadOnlyList<(Sheet Sheet, Area Area)> areas, bool includeData, FieldsMask? mask)
    {
        var wanted = mask ?? FieldsMask.All;
        var withData = mask is null ? includeData : mask.Wants("sheets", "data");
        var json = new JsonObject { ["spreadsheetId"] = spreadsheet.Id, ["properties"] = Properties(spreadsheet.Properties) };
        if (wanted.Below("sheets") is { } sheetMask)
        {
            var sheets = areas.Count == 0 ? spreadsheet.Sheets : [.. spreadsheet.Sheets.Where(s => areas.Any(a => a.Sheet == s))];
            json["sheets"] = new JsonArray([.. sheets.Select(sheet =>
            {
                var tab = Tab(spreadsheet, sheet);
                if (withData)
                {
                    var dataMask = sheetMask.Below("data") ?? FieldsMask.All;
                    var parts = areas.Count == 0 ? [sheet.Grid] : areas.Where(a => a.Sheet == sheet).Select(a => a.Area);
                    tab["data"] = new JsonArray([.. parts.Select(area => GridDataJson.Of(sheet, area, spreadsheet.Properties.Locale, dataMask))]);
                }
                return tab;
            })]);
        }
        json["spreadsheetUrl"] = $"https://docs.google.com/spreadsheets/d/{spreadsheet.Id}/edit";
        return json;
    }

    public static JsonObject SheetProperties(SheetLayout layout, int index)
    {
        var grid = new JsonObject { ["rowCount"] = layout.RowCount, ["columnCount"] = layout.ColumnCount };
        if (layout.FrozenRows > 0)
            grid["frozenRowCount"] = layout.FrozenRows;
        if (layout.FrozenColumns > 0)
            grid["frozenColumnCount"] = layout.FrozenColumns;
        if (layout.HideGridlines)
            grid["hideGridlines"] = true;
        var json = new JsonObject { ["sheetId"] = layout.SheetId, ["title"] = layout.Title, ["index"] = index, ["sheetType"] = "GRID", ["gridProperties"] = grid };
        if (layout.Hidden)
            json["hidden"] = true;
        if (layout.RightToLeft)
            json["rightToLeft"] = true;
        if (layout.TabColorStyle is { } colour)
        {
            if (colour["rgbColor"] is { } rgb)
                json["tabColor"] = rgb.DeepClone();
            json["tabColorStyle"] = colour.DeepClone();
        }
        return json;
    }

    public static JsonObject Rule(ConditionalFormatRule rule)
    {
        var json = new JsonObject { ["ranges"] = new JsonArray([.. rule.Ranges.Select(r => r.ToJson())]) };
        foreach (var (name, value) in rule.Rule)
            json[name] = value?.DeepClone();
        return json;
    }

    public static JsonObject Protection(ProtectedRange range)
    {
        var json = new JsonObject { ["protectedRangeId"] = range.Id, ["range"] = range.Range.ToJson() };
        if (range.Description is not null)
            json["description"] = range.Description;
        if (range.WarningOnly)
            json["warningOnly"] = true;
        json["requestingUserCanEdit"] = true;
        foreach (var (name, value) in range.More ?? [])
            json[name] = value?.DeepClone();
        return json;
    }

    public static JsonObject Band(BandedRange band)
    {
        var json = (JsonObject)band.Properties.DeepClone();
        json["bandedRangeId"] = band.Id;
        json["range"] = band.Range.ToJson();
        return json;
    }

    private static JsonObject Properties(SpreadsheetProperties properties) => new()
    {
        ["title"] = properties.Title,
        ["locale"] = properties.Locale,
        ["autoRecalc"] = properties.AutoRecalc,
        ["timeZone"] = properties.TimeZone,
        ["defaultFormat"] = GridDataJson.DefaultFormat(),
    };

    private static JsonObject Tab(Spreadsheet spreadsheet, Sheet sheet)
    {
        var layout = sheet.Layout;
        var json = new JsonObject { ["properties"] = SheetProperties(layout, spreadsheet.Sheets.ToList().IndexOf(sheet)) };
        Put(json, "merges", layout.Merges, r => r.ToJson());
        Put(json, "conditionalFormats", layout.ConditionalFormats, Rule);
        Put(json, "protectedRanges", layout.ProtectedRanges, Protection);
        if (layout.Filter is { } filter)
            json["basicFilter"] = Filter(filter);
        Put(json, "bandedRanges", layout.Bands, Band);
        return json;
    }

    private static JsonObject Filter(BasicFilter filter)
    {
        var json = new JsonObject { ["range"] = filter.Range.ToJson() };
        if (filter.SortSpecs is { Count: > 0 } specs)
            json["sortSpecs"] = specs.DeepClone();
        if (filter.Criteria.Count > 0)
        {
            json["criteria"] = new JsonObject(filter.Criteria.Select(c => KeyValuePair.Create(c.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)c.Value.DeepClone())));
            json["filterSpecs"] = new JsonArray([.. filter.Criteria.Select(c => new JsonObject { ["columnIndex"] = c.Key, ["filterCriteria"] = c.Value.DeepClone() })]);
        }
        return json;
    }

    private static void Put<T>(JsonObject json, string name, IReadOnlyList<T> items, Func<T, JsonObject> shape)
    {
        if (items.Count > 0)
            json[name] = new JsonArray([.. items.Select(shape)]);
    }
}
