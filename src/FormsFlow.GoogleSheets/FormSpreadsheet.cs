using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets;

/// <summary>One form's spreadsheet: the calls that are made to it, with errors in plain words.</summary>
/// <param name="account">The address that the spreadsheet is shared with.</param>
public sealed class FormSpreadsheet(SheetsService service, ResponseSheetSettings settings, string id, string account)
{
    public ResponseSheetSettings Settings => settings;

    public string Id => id;

    public SheetUnavailableException Trouble(SheetTrouble trouble, string message) => new(settings.Form, trouble, message);

    public SheetUnavailableException StillMoving(string tab) =>
        Trouble(SheetTrouble.Moved, $"The columns of '{tab}' of form '{settings.Form}' were moved while it was read; it is read again.");

    /// <summary>The spreadsheet's properties and tabs; with ranges, only the tabs that they name.</summary>
    public Task<Spreadsheet> GetAsync(string fields, IReadOnlyList<string>? ranges, CancellationToken cancellationToken)
    {
        var request = service.Spreadsheets.Get(id);
        request.Fields = fields;
        if (ranges is not null) request.Ranges = new Google.Apis.Util.Repeatable<string>(ranges);
        return ExplainedAsync(writing: false, () => request.ExecuteAsync(cancellationToken));
    }

    /// <summary>Raw values of ranges, in the order asked, in one request of any length.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<IReadOnlyList<SheetCell>>>> ReadAsync(IReadOnlyList<string> ranges, CancellationToken cancellationToken)
    {
        var request = service.Spreadsheets.Values.BatchGetByDataFilter(
            new BatchGetValuesByDataFilterRequest
            {
                DataFilters = [.. ranges.Distinct().Select(range => new DataFilter { A1Range = range })],
                MajorDimension = "ROWS",
                ValueRenderOption = "UNFORMATTED_VALUE",
                DateTimeRenderOption = "SERIAL_NUMBER",
            },
            id);
        request.Fields = "valueRanges(valueRange(values),dataFilters(a1Range))";
        var response = await ExplainedAsync(writing: false, () => request.ExecuteAsync(cancellationToken));

        // The answers name the filters that they belong to; their order is not promised.
        var found = new Dictionary<string, IReadOnlyList<IReadOnlyList<SheetCell>>>(StringComparer.Ordinal);
        foreach (var match in response.ValueRanges ?? [])
        {
            var cells = Cells(match.ValueRange?.Values);
            foreach (var filter in match.DataFilters ?? [])
                if (filter.A1Range is { } range)
                    found[range] = cells;
        }

        return [.. ranges.Select(range => found.TryGetValue(range, out var cells) ? cells : [])];
    }

    /// <summary>Blocks of rows with each cell both as the sheet keeps it and as a person sees it, in one request of any length.</summary>
    /// <returns>By row number; rows beyond the last one that holds something are left out.</returns>
    public async Task<Dictionary<int, IReadOnlyList<SheetCell>>> ReadAsSeenAsync(IReadOnlyList<string> ranges, CancellationToken cancellationToken)
    {
        var request = service.Spreadsheets.GetByDataFilter(
            new GetSpreadsheetByDataFilterRequest
            {
                DataFilters = [.. ranges.Distinct().Select(range => new DataFilter { A1Range = range })],
                IncludeGridData = true,
            },
            id);
        // What a text cell shows is its text, so that is asked for once and not twice.
        request.Fields = "sheets.data(startRow,rowData.values(formattedValue,effectiveValue(numberValue,boolValue)))";
        var response = await ExplainedAsync(writing: false, () => request.ExecuteAsync(cancellationToken));

        var rows = new Dictionary<int, IReadOnlyList<SheetCell>>();
        foreach (var block in response.Sheets?.SelectMany(sheet => sheet.Data ?? []) ?? [])
            foreach (var (offset, row) in (block.RowData ?? []).Index())
                rows[(block.StartRow ?? 0) + offset + 1] = [.. (row.Values ?? []).Select(Seen)];
        return rows;
    }

    /// <summary>The first row of a tab as a person sees it, with the metadata of its columns.</summary>
    public async Task<GridData> ReadHeaderAsync(string tab, CancellationToken cancellationToken)
    {
        var request = service.Spreadsheets.GetByDataFilter(
            new GetSpreadsheetByDataFilterRequest { DataFilters = [new DataFilter { A1Range = Responses.A1.Rows(tab, 1, 1) }], IncludeGridData = true }, id);
        request.Fields = "sheets.data(rowData.values(formattedValue,effectiveValue(numberValue,boolValue)),columnMetadata.developerMetadata(metadataId,metadataKey,metadataValue))";
        var response = await ExplainedAsync(writing: false, () => request.ExecuteAsync(cancellationToken));
        return response.Sheets?.SelectMany(sheet => sheet.Data ?? []).FirstOrDefault() ?? new GridData();
    }

    internal static SheetCell Seen(CellData cell) => new(string.IsNullOrEmpty(cell.FormattedValue) ? null : cell.FormattedValue, cell.EffectiveValue?.NumberValue);

    /// <summary>Writes values, never formulas.</summary>
    /// <returns>False if one of the columns was not there any more; the others were written.</returns>
    public async Task<bool> WriteAsync(IReadOnlyList<DataFilterValueRange> columns, CancellationToken cancellationToken)
    {
        var request = service.Spreadsheets.Values.BatchUpdateByDataFilter(
            new BatchUpdateValuesByDataFilterRequest { ValueInputOption = "RAW", Data = [.. columns] }, id);
        request.Fields = "totalUpdatedColumns";
        var response = await ExplainedAsync(writing: true, () => request.ExecuteAsync(cancellationToken));
        return response.TotalUpdatedColumns >= columns.Count;
    }

    /// <summary>Applies changes all together or not at all.</summary>
    /// <param name="look">A range whose cells are wanted as they are after the changes.</param>
    public async Task<Spreadsheet?> ChangeAsync(IReadOnlyList<Request> changes, string? look, CancellationToken cancellationToken)
    {
        var body = new BatchUpdateSpreadsheetRequest { Requests = [.. changes] };
        if (look is not null)
        {
            body.IncludeSpreadsheetInResponse = true;
            body.ResponseIncludeGridData = true;
            body.ResponseRanges = [look];
        }

        var request = service.Spreadsheets.BatchUpdate(body, id);
        request.Fields = look is null
            ? "spreadsheetId"
            : "updatedSpreadsheet.sheets(properties(sheetId),data(startRow,startColumn,rowData.values.effectiveValue))";
        return (await ExplainedAsync(writing: true, () => request.ExecuteAsync(cancellationToken))).UpdatedSpreadsheet;
    }

    async Task<T> ExplainedAsync<T>(bool writing, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e)
        {
            if (SheetErrors.Explain(e, settings.Form, id, account, writing) is { } explained) throw explained;
            throw;
        }
    }

    static IReadOnlyList<IReadOnlyList<SheetCell>> Cells(IList<IList<object?>>? rows) =>
        rows is null ? [] : [.. rows.Select(row => (IReadOnlyList<SheetCell>)[.. row.Select(Cell)])];

    static SheetCell Cell(object? value) => value switch
    {
        string { Length: > 0 } text => new SheetCell(text, null),
        double number => new SheetCell(null, number),
        bool flag => new SheetCell(flag ? "TRUE" : "FALSE", null),
        _ => SheetCell.Empty,
    };
}
