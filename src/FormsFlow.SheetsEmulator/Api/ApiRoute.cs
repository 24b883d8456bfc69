namespace FormsFlow.SheetsEmulator.Api;

/// <summary>Which method of the API a request means.</summary>
/// <param name="Method">Its name as in Google's documentation, such as <c>values.batchGet</c>.</param>
/// <param name="SpreadsheetId">From the path; empty for <c>create</c>.</param>
/// <param name="Range">The A1 range in the path, or null.</param>
internal sealed record ApiRoute(string Method, string SpreadsheetId, string? Range)
{
    public bool IsWrite => Method is not ("get" or "getByDataFilter" or "values.get" or "values.batchGet" or "values.batchGetByDataFilter");

    /// <summary>The name of the remote procedure, as errors and metrics give it.</summary>
    public string Procedure => Method switch
    {
        "create" => "CreateSpreadsheet",
        "get" => "GetSpreadsheet",
        "getByDataFilter" => "GetSpreadsheetByDataFilter",
        "batchUpdate" => "BatchUpdateSpreadsheet",
        "values.batchGet" => "BatchGetValues",
        "values.batchGetByDataFilter" => "BatchGetValuesByDataFilter",
        "values.batchUpdate" => "BatchUpdateValues",
        "values.batchUpdateByDataFilter" => "BatchUpdateValuesByDataFilter",
        "values.batchClear" => "BatchClearValues",
        var value => string.Concat(char.ToUpperInvariant(value[7]).ToString(), value[8..], "Values"),
    };

    /// <summary>Reads the path as it came over the wire, since a range may contain an escaped slash. Null: no such method.</summary>
    public static ApiRoute? Of(string httpMethod, string rawPath)
    {
        var parts = rawPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ["v4", var collection, ..] || (collection is not "spreadsheets"))
            return null;
        var (last, verb) = Verb(parts[^1]);
        var id = parts.Length > 2 ? Uri.UnescapeDataString(parts.Length == 3 ? last : parts[2]) : "";
        return (httpMethod, parts.Length, parts.Length > 3 && parts.Length == 4 ? last : parts.ElementAtOrDefault(3), verb) switch
        {
            ("POST", 2, _, "") => new("create", "", null),
            ("GET", 3, _, "") => new("get", id, null),
            ("POST", 3, _, "getByDataFilter" or "batchUpdate") => new(verb, id, null),
            ("GET", 4, "values", "batchGet") => new("values.batchGet", id, null),
            ("POST", 4, "values", "batchGetByDataFilter" or "batchUpdate" or "batchUpdateByDataFilter" or "batchClear") => new("values." + verb, id, null),
            ("GET", 5, "values", "") => new("values.get", id, Uri.UnescapeDataString(last)),
            ("PUT", 5, "values", "") => new("values.update", id, Uri.UnescapeDataString(last)),
            ("POST", 5, "values", "append" or "clear") => new("values." + verb, id, Uri.UnescapeDataString(last)),
            _ => null,
        };
    }

    private static readonly string[] Verbs =
        ["getByDataFilter", "batchUpdate", "batchGet", "batchGetByDataFilter", "batchUpdateByDataFilter", "batchClear", "append", "clear"];

    private static (string Name, string Verb) Verb(string segment)
    {
        var colon = segment.LastIndexOf(':');
        return colon >= 0 && Verbs.Contains(segment[(colon + 1)..], StringComparer.Ordinal) ? (segment[..colon], segment[(colon + 1)..]) : (segment, "");
    }
}
