using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Client;
using FormsFlow.GoogleSheets.Responses;
using Microsoft.Extensions.Logging;

namespace FormsFlow.GoogleSheets.Dashboards;

/// <summary>
/// The administrators' tab. One read, one write that also shows the ids as they stand afterwards, whatever the number of lines;
/// the tab is created when there is none of its name.
/// </summary>
public sealed partial class DashboardTab(FormSpreadsheet spreadsheet, ILogger<DashboardTab> logger) : IDisposable
{
    const int Attempts = 3;

    /// <summary>Estimated bytes before compression, which leaves a tenth of them: ten thousand lines of usual length fit.</summary>
    const int LargestRequest = 12_000_000;

    /// <summary>Wished for as the new tab's number, so that two who create it at once collide instead of making two.</summary>
    const int WishedSheetId = 1_179_011_652;

    readonly SemaphoreSlim _writing = new(1, 1);
    int _idColumn;

    string Title => spreadsheet.Settings.DashboardTab;

    public async Task WriteAsync(Dashboard dashboard, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await TryWriteAsync(dashboard, cancellationToken);
                    return;
                }
                catch (SheetUnavailableException e) when (attempt < Attempts && e is { Trouble: SheetTrouble.Moved or SheetTrouble.TabMissing, PublishAgain.Count: 0 })
                {
                    // Renamed, deleted, shortened or created by somebody else in between: look again.
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <returns>Ids of the lines that the tab does not show as they should be.</returns>
    public async Task<IReadOnlyCollection<string>> CompareAsync(Dashboard dashboard, CancellationToken cancellationToken)
    {
        try
        {
            var cells = await spreadsheet.ReadAsync([A1.Tab(Title)], cancellationToken);
            return DashboardComparison.Differing(cells[0], dashboard);
        }
        catch (SheetUnavailableException e) when (e.Trouble is SheetTrouble.TabMissing or SheetTrouble.Moved)
        {
            return [.. dashboard.Lines.Select(line => line.Id)];
        }
    }

    public void Dispose() => _writing.Dispose();

    async Task TryWriteAsync(Dashboard dashboard, CancellationToken cancellationToken)
    {
        var (state, zone, create) = await ReadAsync(dashboard, cancellationToken);
        var plan = new DashboardPlan(state, dashboard, zone);
        var parts = Parts([.. create, .. plan.Structure], plan.Lines()).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            var look = i == parts.Count - 1 && !state.IsNew ? A1.Columns(Title, state.IdColumn, state.IdColumn) : null;
            var after = await spreadsheet.ChangeAsync(parts[i], look, cancellationToken);
            if (look is not null) Compare(state, dashboard, after?.Sheets?.FirstOrDefault(sheet => (sheet.Properties?.SheetId ?? 0) == state.SheetId));
        }

        if (state.IsNew) Log.Created(logger, Title, spreadsheet.Settings.Form);
    }

    async Task<(DashboardState State, TimeZoneInfo Zone, IReadOnlyList<Request> Create)> ReadAsync(Dashboard dashboard, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var found = await spreadsheet.GetAsync(
                    DashboardState.Fields, [A1.Columns(Title, _idColumn, _idColumn), A1.Rows(Title, 1, DashboardState.Top)], cancellationToken);
                var sheet = found.Sheets is [var only, ..] ? only : throw spreadsheet.Trouble(SheetTrouble.TabMissing, $"There is no tab '{Title}'.");
                var state = DashboardState.From(sheet);
                if (!state.IsOursOrEmpty)
                    throw spreadsheet.Trouble(
                        SheetTrouble.Refused,
                        $"The tab '{Title}' of form '{spreadsheet.Settings.Form}' holds something that is not FormsFlow's; nothing was written there. Name another tab in DashboardTab, or empty this one.");
                if (state.IdColumn == _idColumn || attempt == Attempts) return (state, Zone(found), []);

                // Somebody moved the id column; the ids have to be read where they are now.
                _idColumn = state.IdColumn;
            }
        }
        catch (SheetUnavailableException e) when (e.Trouble is SheetTrouble.TabMissing or SheetTrouble.Moved)
        {
            _idColumn = 0;
            var all = await spreadsheet.GetAsync("properties(timeZone),sheets.properties(sheetId,title,gridProperties(rowCount,columnCount))", null, cancellationToken);
            var tabs = (all.Sheets ?? []).Select(sheet => sheet.Properties!).ToList();
            if (tabs.Exists(tab => string.Equals(tab.Title, Title, StringComparison.OrdinalIgnoreCase))) throw;

            var sheetId = WishedSheetId;
            while (tabs.Exists(tab => tab.SheetId == sheetId)) sheetId++;
            var rows = DashboardPlan.SummaryRows + 1 + dashboard.Lines.Count + 100;
            var columns = Math.Max(DashboardColumn.Of(dashboard.Parties).Count, dashboard.Summary.Count);
            return (DashboardState.Fresh(sheetId, rows, columns), Zone(all), [DashboardLook.Tab(sheetId, Title, rows, columns)]);
        }
    }

    /// <summary>
    /// Somebody sorted the tab between the read and the write: then a line was written over another one, whose id is gone. The
    /// rows that hold an id twice are used for what is published again.
    /// </summary>
    void Compare(DashboardState before, Dashboard dashboard, Sheet? after)
    {
        if (after?.Data is not [var column, ..]) return;

        var there = DashboardState.IdsIn(column).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var lost = before.Ids.Values.Where(id => Domain.Proposals.ProposalId.TryParse(id, out _))
            .Concat(dashboard.Lines.Select(line => line.Id))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(id => !there.Contains(id))
            .ToList();
        if (lost.Count == 0) return;

        Log.Overwritten(logger, Title, spreadsheet.Settings.Form, lost.Count);
        throw new SheetUnavailableException(
            spreadsheet.Settings.Form,
            SheetTrouble.Moved,
            $"The tab '{Title}' of form '{spreadsheet.Settings.Form}' was sorted while it was written; {(lost.Count == 1 ? "1 line is" : $"{lost.Count} lines are")} written again.")
        {
            PublishAgain = lost,
        };
    }

    /// <summary>One request, unless it would be larger than Google likes.</summary>
    static IEnumerable<IReadOnlyList<Request>> Parts(IReadOnlyList<Request> structure, IEnumerable<Request> lines)
    {
        var part = new List<Request>(structure);
        long size = structure.Count * 400L;
        foreach (var request in lines.SelectMany(Cut))
        {
            var bytes = Size(request);
            if (part.Count > 0 && size + bytes > LargestRequest)
            {
                yield return part;
                part = [];
                size = 0;
            }

            part.Add(request);
            size += bytes;
        }

        yield return part;
    }

    /// <summary>A thousand rows at a time, so that a part can be filled.</summary>
    static IEnumerable<Request> Cut(Request request) =>
        request.UpdateCells is not { Rows: { Count: > 1_000 } rows, Start: { } start } cells
            ? [request]
            : rows.Chunk(1_000).Select((chunk, index) => new Request
            {
                UpdateCells = new UpdateCellsRequest
                {
                    Start = new GridCoordinate { SheetId = start.SheetId, RowIndex = start.RowIndex + index * 1_000, ColumnIndex = start.ColumnIndex },
                    Rows = chunk,
                    Fields = cells.Fields,
                },
            });

    static long Size(Request request) => 150 + request.UpdateCells!.Rows!.Sum(row => row.Values!.Sum(cell =>
        4 + (cell.UserEnteredValue is { } value ? 40 + System.Text.Encoding.UTF8.GetByteCount(value.StringValue ?? "") : 0)
        + (cell.UserEnteredFormat?.TextFormat?.Link?.Uri is { } uri ? 60L + uri.Length : 0L)));

    static TimeZoneInfo Zone(Spreadsheet found) =>
        found.Properties?.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    static partial class Log
    {
        [LoggerMessage(3120, LogLevel.Information, "Created the tab {Tab} in the spreadsheet of form {Form}.")]
        public static partial void Created(ILogger logger, string tab, string form);

        [LoggerMessage(3121, LogLevel.Warning, "The tab {Tab} of form {Form} was sorted while it was written; lines that have to be written again: {Count}.")]
        public static partial void Overwritten(ILogger logger, string tab, string form, int count);
    }
}
