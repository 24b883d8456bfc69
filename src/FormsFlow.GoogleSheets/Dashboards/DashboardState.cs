using FormsFlow.Domain.Proposals;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Dashboards;

/// <summary>What the administrators' tab holds at the moment, as far as writing to it needs to know. Rows and columns from 0.</summary>
/// <param name="HeaderRow">Null if the table's header row is not there.</param>
/// <param name="Headers">The texts of that row.</param>
/// <param name="IdColumn">Where the ids are.</param>
/// <param name="Ids">What the id column holds below the header, by row.</param>
public sealed record DashboardState(
    int SheetId,
    int Rows,
    int Columns,
    int? HeaderRow,
    IReadOnlyList<string> Headers,
    int IdColumn,
    IReadOnlyDictionary<int, string> Ids,
    IReadOnlyList<ConditionalFormatRule> Rules,
    BasicFilter? Filter,
    IReadOnlyList<ProtectedRange> Protections,
    bool IsNew)
{
    /// <summary>Whether FormsFlow may write here: its table or its mark is there, or the tab is empty. Anything else is somebody's own.</summary>
    public bool IsOursOrEmpty { get; private init; } = true;

    /// <summary>How far from the top a header row is looked for: people put a few rows above it.</summary>
    public const int Top = 30;

    public const string Fields =
        "properties(timeZone),sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),basicFilter,"
        + "protectedRanges(protectedRangeId,description),conditionalFormats(ranges,booleanRule(condition)),"
        + "data(startRow,startColumn,rowData.values.effectiveValue))";

    public static DashboardState Fresh(int sheetId, int rows, int columns) =>
        new(sheetId, rows, columns, null, [], 0, new Dictionary<int, string>(), [], null, [], IsNew: true);

    /// <param name="sheet">Read with <see cref="Fields"/>: first the id column from its first row, then the topmost rows.</param>
    public static DashboardState From(Sheet sheet)
    {
        var column = sheet.Data is [var first, ..] ? first : new GridData();
        var top = sheet.Data is [_, var second, ..] ? Grid(second) : [];
        var ids = Grid(column).Select(row => row.Count > 0 ? row[0].Trim() : "").ToList();

        int? header = null;
        for (var row = 0; row < top.Count && header is null; row++)
            if (IndexOf(top[row], DashboardColumn.IdHeader) >= 0 && IndexOf(top[row], DashboardColumn.StatusHeader) >= 0)
                header = row;

        // Somebody retitled the header's cells: it is the row above the first line.
        var guessed = header ?? ids.FindIndex(id => ProposalId.TryParse(id, out _)) - 1;
        if (guessed >= 0) header = guessed;

        var headers = header is { } at && at < top.Count ? top[at] : [];
        var idColumn = IndexOf(headers, DashboardColumn.IdHeader);
        return new DashboardState(
            sheet.Properties?.SheetId ?? 0,
            sheet.Properties?.GridProperties?.RowCount ?? 1,
            sheet.Properties?.GridProperties?.ColumnCount ?? 1,
            header,
            headers,
            idColumn < 0 ? column.StartColumn ?? 0 : idColumn,
            ids.Index().Where(id => id.Index > (header ?? -1) && id.Item.Length > 0).ToDictionary(id => id.Index, id => id.Item),
            [.. sheet.ConditionalFormats ?? []],
            sheet.BasicFilter,
            [.. sheet.ProtectedRanges ?? []],
            IsNew: false)
        {
            IsOursOrEmpty = header is not null || (sheet.ProtectedRanges ?? []).Any(DashboardLook.IsOurs)
                || (ids.TrueForAll(id => id.Length == 0) && IsBlank(sheet.Data)),
        };
    }

    /// <summary>The ids in a block that was read from the id column.</summary>
    public static IEnumerable<string> IdsIn(GridData? column) =>
        column is null ? [] : Grid(column).Select(row => row.Count > 0 ? row[0].Trim() : "").Where(id => ProposalId.TryParse(id, out _));

    public static int IndexOf(IReadOnlyList<string> headers, string header)
    {
        for (var i = 0; i < headers.Count; i++)
            if (HeaderText.Same(headers[i], header))
                return i;

        return -1;
    }

    static bool IsBlank(IEnumerable<GridData>? data) =>
        (data ?? []).SelectMany(block => block.RowData ?? []).SelectMany(row => row.Values ?? []).All(cell => cell.EffectiveValue is null);

    static List<IReadOnlyList<string>> Grid(GridData data) =>
        [.. (data.RowData ?? []).Select(row => (IReadOnlyList<string>)[.. (row.Values ?? []).Select(cell => cell.EffectiveValue?.StringValue ?? "")])];
}
