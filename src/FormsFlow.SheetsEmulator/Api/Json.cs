using System.Globalization;
using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>Reads checked request JSON as protocol buffers do: missing is the default, numbers may come as text, names in snake case.</summary>
internal static class Json
{
    public static JsonNode? Get(this JsonObject json, string name) => json[name] ?? json[Schema.Snake(name)];

    public static JsonObject? Object(this JsonObject json, string name) => json.Get(name) as JsonObject;

    public static JsonArray Array(this JsonObject json, string name) => json.Get(name) as JsonArray ?? [];

    public static string? Text(this JsonObject json, string name) => json.Get(name)?.GetValue<string>();

    public static bool Flag(this JsonObject json, string name) => json.Get(name)?.GetValue<bool>() ?? false;

    public static int? Int(this JsonObject json, string name) => json.Get(name) switch
    {
        null => null,
        JsonValue v when v.TryGetValue<string>(out var text) => int.Parse(text, CultureInfo.InvariantCulture),
        var number => (int)number.GetValue<double>(),
    };

    /// <summary>A grid range of a sheet that exists.</summary>
    public static GridRange? Range(this JsonObject json, string name, Spreadsheet spreadsheet)
    {
        if (json.Object(name) is not { } range)
            return null;
        var result = new GridRange(range.Int("sheetId") ?? 0, range.Int("startRowIndex"), range.Int("endRowIndex"), range.Int("startColumnIndex"), range.Int("endColumnIndex"));
        var sheet = spreadsheet.SheetOf(result.SheetId);
        if (result.StartRow < 0 || result.StartColumn < 0 || (result.EndRow ?? int.MaxValue) <= (result.StartRow ?? 0) || (result.EndColumn ?? int.MaxValue) <= (result.StartColumn ?? 0))
            throw new SheetsException($"{name} is invalid: a range must start at 0 or later and end after its start.");
        if ((result.EndRow ?? 0) > sheet.Layout.RowCount || (result.StartRow ?? 0) >= sheet.Layout.RowCount || (result.EndColumn ?? 0) > sheet.Layout.ColumnCount || (result.StartColumn ?? 0) >= sheet.Layout.ColumnCount)
            throw new SheetsException($"Range ({A1Range.Format(sheet.Title, new Area(result.StartRow ?? 0, result.StartColumn ?? 0, result.EndRow ?? sheet.Layout.RowCount, result.EndColumn ?? sheet.Layout.ColumnCount))}) exceeds grid limits. Max rows: {sheet.Layout.RowCount}, max columns: {sheet.Layout.ColumnCount}");
        return result;
    }

    public static GridRange RequiredRange(this JsonObject json, string name, Spreadsheet spreadsheet) =>
        json.Range(name, spreadsheet) ?? throw new SheetsException($"{name} is required.");

    public static FieldsMask Mask(this JsonObject json, string type)
    {
        if (json.Text("fields") is not { Length: > 0 } text)
            throw new SheetsException("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
        var mask = Parse(text);
        Schema.Check(mask, type, path => throw new SheetsException($"Invalid field: {path}"));
        return mask;
    }

    /// <summary>As Google writes it: open sides left out.</summary>
    public static JsonObject ToJson(this GridRange range)
    {
        var json = new JsonObject { ["sheetId"] = range.SheetId };
        Put(json, "startRowIndex", range.StartRow);
        Put(json, "endRowIndex", range.EndRow);
        Put(json, "startColumnIndex", range.StartColumn);
        Put(json, "endColumnIndex", range.EndColumn);
        return json;
    }

    private static void Put(JsonObject json, string name, int? value)
    {
        if (value is { } v)
            json[name] = v;
    }

    private static FieldsMask Parse(string text)
    {
        try
        {
            return FieldsMask.Parse(text);
        }
        catch (FormatException)
        {
            throw new SheetsException($"Invalid field: {text}");
        }
    }
}
