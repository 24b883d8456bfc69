using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api.Batch;

/// <summary>Merged cells and alternating colours.</summary>
internal static class LookRequests
{
    public static JsonObject? Merge(Transaction t, JsonObject request)
    {
        var range = request.RequiredRange("range", t.Spreadsheet);
        var layout = t.Spreadsheet.SheetOf(range.SheetId).Layout;
        var area = range.On(layout);
        var merged = (request.Text("mergeType") ?? "MERGE_ALL") switch
        {
            "MERGE_ROWS" => Enumerable.Range(area.Top, area.Height).Select(r => area with { Top = r, Bottom = r + 1 }),
            "MERGE_COLUMNS" => Enumerable.Range(area.Left, area.Width).Select(c => area with { Left = c, Right = c + 1 }),
            _ => [area],
        };
        var kept = layout.Merges.Where(m => !m.On(layout).Overlaps(area));
        t.Apply(new SetLayout(layout with { Merges = [.. kept, .. merged.Select(m => GridRange.Of(range.SheetId, m))] }));
        return null;
    }

    public static JsonObject? Unmerge(Transaction t, JsonObject request)
    {
        var range = request.RequiredRange("range", t.Spreadsheet);
        var layout = t.Spreadsheet.SheetOf(range.SheetId).Layout;
        t.Apply(new SetLayout(layout with { Merges = [.. layout.Merges.Where(m => !m.On(layout).Overlaps(range.On(layout)))] }));
        return null;
    }

    public static JsonObject AddBanding(Transaction t, JsonObject request)
    {
        var banded = request.Object("bandedRange") ?? throw new SheetsException("bandedRange is required.");
        var range = banded.RequiredRange("range", t.Spreadsheet);
        var layout = t.Spreadsheet.SheetOf(range.SheetId).Layout;
        if (layout.Bands.Any(b => b.Range.On(layout).Overlaps(range.On(layout))))
            throw new SheetsException("You cannot add alternating background colors to a range that already has alternating background colors.");
        var properties = (JsonObject)banded.DeepClone();
        properties.Remove("range");
        properties.Remove("bandedRangeId");
        var band = new BandedRange(banded.Int("bandedRangeId") ?? Ids.Fresh(t.Spreadsheet.Sheets.SelectMany(s => s.Layout.Bands).Select(b => b.Id)), range, properties);
        t.Apply(new SetLayout(layout with { Bands = [.. layout.Bands, band] }));
        return new JsonObject { ["bandedRange"] = SpreadsheetJson.Band(band) };
    }

    public static JsonObject? DeleteBanding(Transaction t, JsonObject request)
    {
        var id = request.Int("bandedRangeId") ?? 0;
        var sheet = t.Spreadsheet.Sheets.FirstOrDefault(s => s.Layout.Bands.Any(b => b.Id == id)) ?? throw new SheetsException($"No banded range with ID: {id}");
        t.Apply(new SetLayout(sheet.Layout with { Bands = [.. sheet.Layout.Bands.Where(b => b.Id != id)] }));
        return null;
    }
}

/// <summary>Numbers for things that a client did not number. They go into the journal with the thing.</summary>
internal static class Ids
{
    public static int Fresh(IEnumerable<int> taken)
    {
        var used = taken.ToHashSet();
        int id;
        do
            id = System.Security.Cryptography.RandomNumberGenerator.GetInt32(1, int.MaxValue);
        while (!used.Add(id));
        return id;
    }
}
