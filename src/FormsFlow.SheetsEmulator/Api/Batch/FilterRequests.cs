using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api.Batch;

internal static class FilterRequests
{
    public static JsonObject? Set(Transaction t, JsonObject request)
    {
        var filter = request.Object("filter") ?? throw new SheetsException("filter is required.");
        var range = filter.RequiredRange("range", t.Spreadsheet);
        var criteria = ImmutableSortedDictionary.CreateBuilder<int, JsonObject>();
        foreach (var (column, value) in filter.Object("criteria") ?? [])
        {
            if (!int.TryParse(column, CultureInfo.InvariantCulture, out var index))
                throw new SheetsException($"Invalid column: {column}");
            criteria[index] = (JsonObject)value!.DeepClone();
        }
        foreach (var spec in filter.Array("filterSpecs").OfType<JsonObject>())
            criteria[spec.Int("columnIndex") ?? 0] = (JsonObject)(spec.Object("filterCriteria") ?? []).DeepClone();
        var layout = t.Spreadsheet.SheetOf(range.SheetId).Layout;
        var covered = range.On(layout);
        if (criteria.Keys.Any(c => c < covered.Left || c >= covered.Right))
            throw new SheetsException("A filter's criteria must be on columns of its range.");
        t.Apply(new SetLayout(layout with { Filter = new BasicFilter(range, criteria.ToImmutable(), (JsonArray?)(filter.Get("sortSpecs") as JsonArray)?.DeepClone()) }));
        return null;
    }

    public static JsonObject? Clear(Transaction t, JsonObject request)
    {
        var layout = t.Spreadsheet.SheetOf(request.Int("sheetId") ?? 0).Layout;
        t.Apply(new SetLayout(layout with { Filter = null }));
        return null;
    }
}
