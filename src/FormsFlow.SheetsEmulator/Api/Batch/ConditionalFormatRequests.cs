using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api.Batch;

internal static class ConditionalFormatRequests
{
    public static JsonObject? Add(Transaction t, JsonObject request)
    {
        var rule = Rule(t, request);
        var layout = t.Spreadsheet.SheetOf(rule.Ranges[0].SheetId).Layout;
        var index = request.Int("index") ?? 0;
        if (index < 0 || index > layout.ConditionalFormats.Count)
            throw new SheetsException($"No conditional format on sheet: {layout.SheetId} at index: {index}");
        t.Apply(new SetLayout(layout with { ConditionalFormats = [.. layout.ConditionalFormats.Take(index), rule, .. layout.ConditionalFormats.Skip(index)] }));
        return null;
    }

    public static JsonObject Update(Transaction t, JsonObject request)
    {
        var index = request.Int("index") ?? 0;
        var given = request.Object("rule") is null ? null : Rule(t, request);
        var (layout, old) = Find(t, given?.Ranges[0].SheetId ?? request.Int("sheetId") ?? 0, index);
        var rules = layout.ConditionalFormats.ToList();
        var newIndex = request.Int("newIndex") ?? index;
        if (newIndex < 0 || newIndex >= rules.Count)
            throw new SheetsException($"No conditional format on sheet: {layout.SheetId} at index: {newIndex}");
        rules.RemoveAt(index);
        rules.Insert(newIndex, given ?? old);
        t.Apply(new SetLayout(layout with { ConditionalFormats = rules }));
        return new JsonObject
        {
            ["newRule"] = SpreadsheetJson.Rule(given ?? old),
            ["newIndex"] = newIndex,
            ["oldRule"] = SpreadsheetJson.Rule(old),
            ["oldIndex"] = index,
        };
    }

    public static JsonObject Delete(Transaction t, JsonObject request)
    {
        var (layout, old) = Find(t, request.Int("sheetId") ?? 0, request.Int("index") ?? 0);
        t.Apply(new SetLayout(layout with { ConditionalFormats = [.. layout.ConditionalFormats.Where(r => !ReferenceEquals(r, old))] }));
        return new JsonObject { ["rule"] = SpreadsheetJson.Rule(old) };
    }

    private static (SheetLayout Layout, ConditionalFormatRule Rule) Find(Transaction t, int sheetId, int index)
    {
        var layout = t.Spreadsheet.SheetOf(sheetId).Layout;
        if (index < 0 || index >= layout.ConditionalFormats.Count)
            throw new SheetsException($"No conditional format on sheet: {sheetId} at index: {index}");
        return (layout, layout.ConditionalFormats[index]);
    }

    private static ConditionalFormatRule Rule(Transaction t, JsonObject request)
    {
        var rule = request.Object("rule") ?? throw new SheetsException("rule is required.");
        var ranges = rule.Array("ranges").OfType<JsonObject>().Select(r => new JsonObject { ["range"] = r.DeepClone() }.RequiredRange("range", t.Spreadsheet)).ToList();
        if (ranges.Count == 0)
            throw new SheetsException("At least one range is required.");
        if (ranges.Exists(r => r.SheetId != ranges[0].SheetId))
            throw new SheetsException("All ranges in a conditional format rule must be on the same sheet.");
        if (rule.Get("booleanRule") is null == (rule.Get("gradientRule") is null))
            throw new SheetsException("A rule must be either a boolean rule or a gradient rule.");
        if (rule.Object("booleanRule") is { } boolean)
            CheckCondition(boolean.Object("condition"));
        var body = (JsonObject)rule.DeepClone();
        body.Remove("ranges");
        return new ConditionalFormatRule(ranges, body);
    }

    private static void CheckCondition(JsonObject? condition)
    {
        var type = condition?.Text("type") ?? throw new SheetsException("A boolean rule must have a condition.");
        var count = condition.Array("values").Count;
        var expected = type switch
        {
            "BLANK" or "NOT_BLANK" or "TEXT_IS_EMAIL" or "TEXT_IS_URL" or "DATE_IS_VALID" => 0,
            "NUMBER_BETWEEN" or "NUMBER_NOT_BETWEEN" or "DATE_BETWEEN" or "DATE_NOT_BETWEEN" => 2,
            _ => 1,
        };
        if (count != expected)
            throw new SheetsException($"ConditionType {type} requires {(expected == 0 ? "no values" : $"exactly {expected} ConditionValue{(expected == 1 ? "" : "s")}")}, but {count} were supplied.");
    }
}
