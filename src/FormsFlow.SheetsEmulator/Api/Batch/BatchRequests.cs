using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api.Batch;

/// <summary>The requests that a spreadsheets.batchUpdate may hold, and who performs each.</summary>
internal static class BatchRequests
{
    private delegate JsonObject? Performer(Transaction transaction, JsonObject request);

    private static readonly Dictionary<string, Performer> Performers = new(StringComparer.Ordinal)
    {
        ["updateSpreadsheetProperties"] = SheetRequests.UpdateSpreadsheetProperties,
        ["addSheet"] = SheetRequests.Add,
        ["deleteSheet"] = SheetRequests.Delete,
        ["updateSheetProperties"] = SheetRequests.Update,
        ["appendDimension"] = DimensionRequests.Append,
        ["insertDimension"] = DimensionRequests.Insert,
        ["deleteDimension"] = DimensionRequests.Delete,
        ["moveDimension"] = DimensionRequests.Move,
        ["updateDimensionProperties"] = DimensionRequests.Update,
        ["autoResizeDimensions"] = DimensionRequests.AutoResize,
        ["updateCells"] = CellRequests.Update,
        ["appendCells"] = CellRequests.Append,
        ["repeatCell"] = CellRequests.Repeat,
        ["setDataValidation"] = CellRequests.SetValidation,
        ["updateBorders"] = CellRequests.UpdateBorders,
        ["mergeCells"] = LookRequests.Merge,
        ["unmergeCells"] = LookRequests.Unmerge,
        ["addBanding"] = LookRequests.AddBanding,
        ["deleteBanding"] = LookRequests.DeleteBanding,
        ["addConditionalFormatRule"] = ConditionalFormatRequests.Add,
        ["updateConditionalFormatRule"] = ConditionalFormatRequests.Update,
        ["deleteConditionalFormatRule"] = ConditionalFormatRequests.Delete,
        ["setBasicFilter"] = FilterRequests.Set,
        ["clearBasicFilter"] = FilterRequests.Clear,
        ["addProtectedRange"] = ProtectionRequests.Add,
        ["updateProtectedRange"] = ProtectionRequests.Update,
        ["deleteProtectedRange"] = ProtectionRequests.Delete,
        ["sortRange"] = RearrangeRequests.Sort,
        ["findReplace"] = RearrangeRequests.FindReplace,
        ["createDeveloperMetadata"] = MetadataRequests.Create,
        ["deleteDeveloperMetadata"] = MetadataRequests.Delete,
    };

    /// <summary>Performs one request; what it says back, or an empty object.</summary>
    public static JsonObject Perform(Transaction transaction, JsonObject request, int index)
    {
        if (request.Count == 0)
            throw ApiException.Invalid($"Invalid requests[{index}]: No request set.");
        if (request.Count > 1)
        {
            var second = request.Skip(1).First().Key;
            throw ApiException.BadField($"requests[{index}]", $"Invalid value at 'requests[{index}]' (oneof), oneof field 'kind' is already set. Cannot set '{second}'");
        }
        var (name, body) = request.First();
        if (!Performers.TryGetValue(name, out var perform))
            throw ApiException.Invalid($"Invalid requests[{index}].{name}: The emulator does not perform this request.");
        try
        {
            return perform(transaction, body as JsonObject ?? []) is { } reply ? new JsonObject { [name] = reply } : [];
        }
        catch (SheetsException refused)
        {
            throw ApiException.Invalid($"Invalid requests[{index}].{name}: {refused.Message}");
        }
    }
}
