using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>The tab with the responses, as it was last found.</summary>
/// <param name="TimeZone">The spreadsheet's (IANA): its timestamps are meant in it.</param>
public sealed record ResponseTab(string Title, int SheetId, int Rows, int Columns, string TimeZone)
{
    public const string GivenByForms = "Form Responses";

    /// <summary>What has to be asked of a spreadsheet to find its tab.</summary>
    public const string Fields = "properties(timeZone),sheets.properties(sheetId,title,index,sheetType,gridProperties(rowCount,columnCount))";

    /// <summary>The tab of that name, or without a name the first that Google Forms has made.</summary>
    /// <returns>Null if there is none.</returns>
    public static ResponseTab? Find(Spreadsheet spreadsheet, string? name)
    {
        var grids = Grids(spreadsheet);
        var found = string.IsNullOrWhiteSpace(name)
            ? grids.FirstOrDefault(tab => tab.Title!.StartsWith(GivenByForms, StringComparison.OrdinalIgnoreCase))
            : grids.FirstOrDefault(tab => tab.Title == name)
              ?? grids.FirstOrDefault(tab => string.Equals(tab.Title!.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase));
        return found is null
            ? null
            : new ResponseTab(
                found.Title!,
                found.SheetId ?? 0,
                found.GridProperties?.RowCount ?? 1,
                found.GridProperties?.ColumnCount ?? 1,
                spreadsheet.Properties?.TimeZone ?? "Etc/UTC");
    }

    /// <summary>For a message: which tabs there are.</summary>
    public static string Named(Spreadsheet spreadsheet) => string.Join(", ", Grids(spreadsheet).Select(tab => $"'{tab.Title}'"));

    static IEnumerable<SheetProperties> Grids(Spreadsheet spreadsheet) =>
        (spreadsheet.Sheets ?? [])
            .Select(sheet => sheet.Properties!)
            .Where(properties => properties is { Title: not null } && properties.SheetType is null or "GRID")
            .OrderBy(properties => properties.Index ?? 0);
}
