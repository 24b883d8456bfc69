using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Storage;
using Microsoft.Extensions.Primitives;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>One authenticated request, taken apart.</summary>
internal sealed record ApiCall(SpreadsheetStore Store, ApiRoute Route, string Account, IReadOnlyDictionary<string, StringValues> Query, JsonObject Body, FieldsMask? Fields)
{
    public string SpreadsheetId => Route.SpreadsheetId;

    /// <summary>The A1 range in the path.</summary>
    public string Range => Route.Range!;

    public T Read<T>(Func<Spreadsheet, T> read) => Guard(() => Store.Read(SpreadsheetId, s => read(Permitted(s))));

    public T Write<T>(Func<Transaction, T> write) => Guard(() => Store.Write(SpreadsheetId, t =>
    {
        if (Permitted(t.Spreadsheet).IsReadOnly)
            throw ApiException.Forbidden();
        var before = t.Spreadsheet.GridCells;
        var result = write(t);
        if (t.Spreadsheet.GridCells > Limits.GridCells && t.Spreadsheet.GridCells > before)
            throw ApiException.Invalid(Limits.TooManyCells);
        return result;
    }));

    public string? Text(string name) => Query.TryGetValue(name, out var values) && values.Count > 0 ? values[^1] : null;

    public IReadOnlyList<string> Texts(string name) => Query.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    public bool Flag(string name) => Text(name) switch
    {
        null or "" or "false" => false,
        "true" => true,
        var other => throw Schema.WrongQuery(name, "TYPE_BOOL", other),
    };

    /// <summary>An enum of the query or, for methods that take it there, of the body.</summary>
    public string Enum(string name, string type, string otherwise)
    {
        if (Body.Text(name) is { } given)
            return given;
        if (Text(name) is not { Length: > 0 } text)
            return otherwise;
        return Schema.IsEnum(type, text) ? text : throw Schema.WrongQuery(name, type, text);
    }

    private Spreadsheet Permitted(Spreadsheet spreadsheet) =>
        spreadsheet.SharedWith is null || spreadsheet.SharedWith.Contains(Account, StringComparer.OrdinalIgnoreCase) ? spreadsheet : throw ApiException.Forbidden();

    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SpreadsheetNotFoundException)
        {
            throw ApiException.NotFound();
        }
        catch (SheetsException refused)
        {
            throw ApiException.Invalid(refused.Message);
        }
    }
}
