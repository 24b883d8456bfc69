using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Api.Batch;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>spreadsheets.create, get, getByDataFilter, batchUpdate.</summary>
internal static class SpreadsheetMethods
{
    public static JsonObject Create(ApiCall call)
    {
        var properties = call.Body.Object("properties");
        var layouts = new List<SheetLayout>();
        foreach (var (index, sheet) in call.Body.Array("sheets").OfType<JsonObject>().Index())
            layouts.Add(SheetRequests.NewLayout(sheet.Object("properties") ?? [], layouts, $"Sheet{index + 1}"));
        var zone = properties?.Text("timeZone") is { Length: > 0 } given ? given : "Etc/GMT";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw ApiException.Invalid($"Invalid time zone: {zone}");
        if (layouts.Sum(l => (long)l.RowCount * l.ColumnCount) > Limits.GridCells)
            throw ApiException.Invalid(Limits.TooManyCells);
        var id = call.Store.Create(new SpreadsheetProperties(
            properties?.Text("title") is { Length: > 0 } title ? title : "Untitled spreadsheet",
            properties?.Text("locale") is { Length: > 0 } locale ? locale : "en_US", zone, properties?.Text("autoRecalc") ?? "ON_CHANGE"), layouts);
        foreach (var (index, sheet) in call.Body.Array("sheets").OfType<JsonObject>().Index())
        {
            foreach (var data in sheet.Array("data").OfType<JsonObject>())
            {
                call.Store.Write(id, t => CellRequests.WriteRows(t, t.Spreadsheet.Sheets[index], data.Array("rowData"), data.Int("startRow") ?? 0, data.Int("startColumn") ?? 0, FieldsMask.All));
            }
        }
        return call.Store.Read(id, s => SpreadsheetJson.Of(s, [], includeData: false, call.Fields));
    }

    public static JsonObject Get(ApiCall call) => call.Read(spreadsheet =>
        SpreadsheetJson.Of(spreadsheet, Areas(spreadsheet, call.Texts("ranges")), call.Flag("includeGridData"), call.Fields));

    public static JsonObject GetByDataFilter(ApiCall call) => call.Read(spreadsheet =>
        SpreadsheetJson.Of(spreadsheet, [.. call.Body.Array("dataFilters").OfType<JsonObject>().SelectMany(f => DataFilters.Resolve(spreadsheet, f))],
            call.Body.Flag("includeGridData"), call.Fields));

    public static JsonObject BatchUpdate(ApiCall call) => call.Write(t =>
    {
        var requests = call.Body.Array("requests");
        if (requests.Count == 0)
            throw ApiException.Invalid("Must specify at least one request.");
        var replies = new JsonArray();
        foreach (var (index, request) in requests.OfType<JsonObject>().Index())
            replies.Add((JsonNode)BatchRequests.Perform(t, request, index));
        var answer = new JsonObject { ["spreadsheetId"] = t.Spreadsheet.Id, ["replies"] = replies };
        if (call.Body.Flag("includeSpreadsheetInResponse"))
        {
            var areas = Areas(t.Spreadsheet, [.. call.Body.Array("responseRanges").Select(r => r!.GetValue<string>())]);
            answer["updatedSpreadsheet"] = SpreadsheetJson.Of(t.Spreadsheet, areas, call.Body.Flag("responseIncludeGridData"), call.Fields?.Below("updatedSpreadsheet") is { TakesAll: false } below ? below : null);
        }
        return answer;
    });

    private static List<(Sheet, Area)> Areas(Spreadsheet spreadsheet, IReadOnlyList<string> ranges) => [.. ranges.Select(text =>
    {
        var (sheet, range) = A1Range.Resolve(spreadsheet, text);
        return (sheet, range.On(sheet));
    })];
}
