using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api.Batch;

/// <summary>createDeveloperMetadata and deleteDeveloperMetadata, of columns: the emulator keeps none of rows, tabs and whole spreadsheets.</summary>
internal static class MetadataRequests
{
    public static JsonObject Create(Transaction t, JsonObject request)
    {
        var given = request.Object("developerMetadata") ?? throw new SheetsException("developerMetadata is required.");
        var key = given.Text("metadataKey") is { Length: > 0 } text ? text : throw new SheetsException("Metadata key is required.");
        var visibility = given.Text("visibility") is "DOCUMENT" or "PROJECT" ? given.Text("visibility")! : throw new SheetsException("Metadata visibility is required.");
        var range = given.Object("location")?.Object("dimensionRange") is { } found && found.Text("dimension") is "COLUMNS"
            ? found
            : throw new SheetsException("The emulator keeps developer metadata of columns only.");
        var sheet = t.Spreadsheet.SheetOf(range.Int("sheetId") ?? 0);
        var (column, end) = (range.Int("startIndex") ?? 0, range.Int("endIndex") ?? 0);
        if (end != column + 1)
            throw new SheetsException("Developer metadata must be associated with exactly one row or column.");
        if (column < 0 || end > sheet.Layout.ColumnCount)
            throw new SheetsException($"dimensionRange ends at {end}, but the sheet has only {sheet.Layout.ColumnCount} columns.");
        var all = ColumnTags.All(t.Spreadsheet).Select(tagged => tagged.Tag.Id).ToList();
        if (given.Int("metadataId") is { } wanted && (wanted <= 0 || all.Contains(wanted)))
            throw new SheetsException(wanted <= 0 ? "Metadata IDs must be positive." : $"Developer metadata with ID {wanted} already exists.");
        var tag = new ColumnTag(given.Int("metadataId") ?? Ids.Fresh(all), key, given.Text("metadataValue"), visibility);
        var layout = sheet.Layout.Column(column);
        t.Apply(new SetLayout(sheet.Layout.WithColumn(column, layout with { Tags = [.. layout.Tags ?? [], tag] })));
        return new JsonObject { ["developerMetadata"] = ColumnTags.ToJson(tag, sheet.Id, column) };
    }

    public static JsonObject Delete(Transaction t, JsonObject request)
    {
        var lookup = request.Object("dataFilter")?.Object("developerMetadataLookup") ?? throw new SheetsException("A developer metadata lookup is required.");
        var deleted = new JsonArray();
        foreach (var (sheet, column, tag) in ColumnTags.Find(t.Spreadsheet, lookup).ToList())
        {
            var layout = sheet.Layout.Column(column);
            var left = layout.Tags!.Where(other => other.Id != tag.Id).ToArray();
            t.Apply(new SetLayout(sheet.Layout.WithColumn(column, layout with { Tags = left.Length == 0 ? null : left })));
            deleted.Add((JsonNode)ColumnTags.ToJson(tag, sheet.Id, column));
        }

        return new JsonObject { ["deletedDeveloperMetadata"] = deleted };
    }
}
