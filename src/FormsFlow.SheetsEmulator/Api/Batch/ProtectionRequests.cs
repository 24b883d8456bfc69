using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api.Batch;

internal static class ProtectionRequests
{
    public static JsonObject Add(Transaction t, JsonObject request)
    {
        var given = request.Object("protectedRange") ?? throw new SheetsException("protectedRange is required.");
        var range = given.RequiredRange("range", t.Spreadsheet);
        var all = t.Spreadsheet.Sheets.SelectMany(s => s.Layout.ProtectedRanges).Select(p => p.Id).ToList();
        if (given.Int("protectedRangeId") is { } wanted && all.Contains(wanted))
            throw new SheetsException($"A protected range with ID {wanted} already exists.");
        var layout = t.Spreadsheet.SheetOf(range.SheetId).Layout;
        var protection = new ProtectedRange(given.Int("protectedRangeId") ?? Ids.Fresh(all), range, given.Text("description"), given.Flag("warningOnly"), More(given));
        if (protection.WarningOnly && given.Get("editors") is not null)
            throw new SheetsException("A warning-only protected range cannot have editors.");
        t.Apply(new SetLayout(layout with { ProtectedRanges = [.. layout.ProtectedRanges, protection] }));
        return new JsonObject { ["protectedRange"] = SpreadsheetJson.Protection(protection) };
    }

    public static JsonObject? Update(Transaction t, JsonObject request)
    {
        var mask = request.Mask("ProtectedRange");
        var given = request.Object("protectedRange") ?? [];
        var (layout, old) = Find(t, given.Int("protectedRangeId") ?? 0);
        var protection = old with
        {
            Range = mask.Below("range") is null ? old.Range : given.RequiredRange("range", t.Spreadsheet),
            Description = mask.Below("description") is null ? old.Description : given.Text("description"),
            WarningOnly = mask.Below("warningOnly") is null ? old.WarningOnly : given.Flag("warningOnly"),
            More = mask.Below("editors") is null && mask.Below("unprotectedRanges") is null ? old.More : More(given),
        };
        t.Apply(new SetLayout(layout with { ProtectedRanges = [.. layout.ProtectedRanges.Select(p => p.Id == old.Id ? protection : p)] }));
        return null;
    }

    public static JsonObject? Delete(Transaction t, JsonObject request)
    {
        var (layout, old) = Find(t, request.Int("protectedRangeId") ?? 0);
        t.Apply(new SetLayout(layout with { ProtectedRanges = [.. layout.ProtectedRanges.Where(p => p.Id != old.Id)] }));
        return null;
    }

    private static (SheetLayout Layout, ProtectedRange Range) Find(Transaction t, int id)
    {
        foreach (var sheet in t.Spreadsheet.Sheets)
        {
            if (sheet.Layout.ProtectedRanges.FirstOrDefault(p => p.Id == id) is { } found)
                return (sheet.Layout, found);
        }
        throw new SheetsException($"No protected range with ID: {id}");
    }

    private static JsonObject? More(JsonObject given)
    {
        var more = new JsonObject();
        foreach (var name in (ReadOnlySpan<string>)["editors", "unprotectedRanges"])
        {
            if (given.Get(name) is { } value)
                more[name] = value.DeepClone();
        }
        return more.Count == 0 ? null : more;
    }
}
