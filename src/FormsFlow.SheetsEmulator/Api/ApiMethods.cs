using System.Text.Json.Nodes;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>A method: who performs it, and the message types of its body and answer.</summary>
/// <param name="Perform">Does it.</param>
/// <param name="Answer">The answer's message type, against which a fields mask is checked.</param>
/// <param name="Body">The body's message type, or null for none.</param>
/// <param name="BodyPath">What Google calls the body in its messages.</param>
internal sealed record ApiMethod(Func<ApiCall, JsonObject> Perform, string Answer, string? Body = null, string BodyPath = "");

/// <summary>All methods, by the names of Google's documentation.</summary>
internal static class ApiMethods
{
    public static readonly Dictionary<string, ApiMethod> All = new(StringComparer.Ordinal)
    {
        ["create"] = new(SpreadsheetMethods.Create, "Spreadsheet", "Spreadsheet", "spreadsheet"),
        ["get"] = new(SpreadsheetMethods.Get, "Spreadsheet"),
        ["getByDataFilter"] = new(SpreadsheetMethods.GetByDataFilter, "Spreadsheet", "GetSpreadsheetByDataFilterRequest"),
        ["batchUpdate"] = new(SpreadsheetMethods.BatchUpdate, "BatchUpdateSpreadsheetResponse", "BatchUpdateSpreadsheetRequest"),
        ["values.get"] = new(ValuesReading.Get, "ValueRange"),
        ["values.batchGet"] = new(ValuesReading.BatchGet, "BatchGetValuesResponse"),
        ["values.batchGetByDataFilter"] = new(ValuesReading.BatchGetByDataFilter, "BatchGetValuesByDataFilterResponse", "BatchGetValuesByDataFilterRequest"),
        ["values.update"] = new(ValuesWriting.Update, "UpdateValuesResponse", "ValueRange", "data"),
        ["values.batchUpdate"] = new(ValuesWriting.BatchUpdate, "BatchUpdateValuesResponse", "BatchUpdateValuesRequest"),
        ["values.batchUpdateByDataFilter"] = new(ValuesWriting.BatchUpdateByDataFilter, "BatchUpdateValuesByDataFilterResponse", "BatchUpdateValuesByDataFilterRequest"),
        ["values.append"] = new(ValuesAppending.Append, "AppendValuesResponse", "ValueRange", "data"),
        ["values.clear"] = new(ValuesWriting.Clear, "ClearValuesResponse", "ClearValuesRequest"),
        ["values.batchClear"] = new(ValuesWriting.BatchClear, "BatchClearValuesResponse", "BatchClearValuesRequest"),
    };
}
