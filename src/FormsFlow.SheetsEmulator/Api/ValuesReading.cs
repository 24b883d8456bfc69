using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>values.get, values.batchGet, values.batchGetByDataFilter.</summary>
internal static class ValuesReading
{
    public static JsonObject Get(ApiCall call) => call.Read(spreadsheet => One(call, spreadsheet, call.Range));

    public static JsonObject BatchGet(ApiCall call) => call.Read(spreadsheet => new JsonObject
    {
        ["spreadsheetId"] = spreadsheet.Id,
        ["valueRanges"] = new JsonArray([.. call.Texts("ranges").Select(range => One(call, spreadsheet, range))]),
    });

    public static JsonObject BatchGetByDataFilter(ApiCall call) => call.Read(spreadsheet =>
    {
        var filters = call.Body.Array("dataFilters");
        if (filters.Count == 0)
            throw ApiException.Invalid("Must specify at least one dataFilter.");
        var render = ValueRender.Of(call, spreadsheet);
        var matched = new JsonArray();
        foreach (var filter in filters.OfType<JsonObject>())
        {
            foreach (var (sheet, area) in DataFilters.Resolve(spreadsheet, filter))
                matched.Add((JsonNode)new JsonObject { ["valueRange"] = render.Range(sheet, area, Major(call)), ["dataFilters"] = new JsonArray(filter.DeepClone()) });
        }
        return new JsonObject { ["spreadsheetId"] = spreadsheet.Id, ["valueRanges"] = matched };
    });

    private static JsonObject One(ApiCall call, Spreadsheet spreadsheet, string text)
    {
        var (sheet, range) = A1Range.Resolve(spreadsheet, text);
        return ValueRender.Of(call, spreadsheet).Range(sheet, range.On(sheet), Major(call));
    }

    private static string Major(ApiCall call) => call.Enum("majorDimension", "Dimension", "ROWS") is "COLUMNS" ? "COLUMNS" : "ROWS";
}

/// <summary>Data filters by A1 range, grid range, or the metadata of columns.</summary>
internal static class DataFilters
{
    /// <returns>One area; for a metadata lookup as many as match it, which may be none.</returns>
    public static IReadOnlyList<(Sheet Sheet, Area Area)> Resolve(Spreadsheet spreadsheet, JsonObject filter)
    {
        if (filter.Text("a1Range") is { } text)
        {
            var (sheet, range) = A1Range.Resolve(spreadsheet, text);
            return [(sheet, range.On(sheet))];
        }
        if (filter.Object("gridRange") is not null)
        {
            var range = filter.RequiredRange("gridRange", spreadsheet);
            var sheet = spreadsheet.SheetOf(range.SheetId);
            return [(sheet, range.On(sheet.Layout))];
        }
        if (filter.Object("developerMetadataLookup") is { } lookup)
            return [.. ColumnTags.Find(spreadsheet, lookup).Select(found => (found.Sheet, found.Sheet.Grid with { Left = found.Column, Right = found.Column + 1 }))];
        throw new SheetsException("A data filter must have a range or a developer metadata lookup.");
    }
}
