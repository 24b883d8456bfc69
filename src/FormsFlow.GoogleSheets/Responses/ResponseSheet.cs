using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.GoogleSheets.Dashboards;
using Microsoft.Extensions.Logging;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>
/// A form's responses in Google Sheets.
/// <para>
/// Google has no transaction over a read and a write: between looking at the header row and writing, some 100 ms, a person may move a
/// column. So FormsFlow's own columns bear tags that move with them, and a write names the tag: it lands in that column or nowhere, and
/// never on an answer. Rows that moved are found by reading again, which callers do. Reads carry the header row in the same request and
/// are thus never mixed up.
/// </para>
/// </summary>
public sealed class ResponseSheet : IResponseSheet, IDisposable
{
    internal const int Attempts = 4;
    const int MostRowsAtOnce = 2_000;
    const int FewestRowsAtOnce = 25;

    /// <summary>Characters that one answer should bring at most, so that rows with essays in them do not arrive by the hundred megabytes.</summary>
    const long WantedAnswer = 8_000_000;

    readonly FormSpreadsheet _spreadsheet;
    readonly DashboardTab _dashboard;
    readonly OwnColumnsInSheet _columns;
    readonly InstallationMarks _marks;
    readonly SemaphoreSlim _preparing = new(1, 1);
    volatile ResponseTab? _tab;
    volatile HeaderRow? _header;

    /// <summary>The headers that <see cref="PrepareAsync"/> last gave away: callers read the cells of whole rows under them.</summary>
    volatile HeaderRow? _given;

    /// <summary>Who this process works for, once the sheet was seen to be its own.</summary>
    volatile string? _installation;

    public ResponseSheet(FormSpreadsheet spreadsheet, ILoggerFactory loggers)
    {
        _spreadsheet = spreadsheet;
        _columns = new OwnColumnsInSheet(spreadsheet, loggers.CreateLogger<OwnColumnsInSheet>());
        _marks = new InstallationMarks(spreadsheet);
        _dashboard = new DashboardTab(spreadsheet, loggers.CreateLogger<DashboardTab>());
    }

    ResponseSheetSettings Settings => _spreadsheet.Settings;

    public async Task<SheetGlance> GlanceAsync(SheetBookmark bookmark, CancellationToken cancellationToken)
    {
        var tab = await TabAsync(cancellationToken);
        if (BookmarkGlance.Of(bookmark, tab.Title) is not { } glance) return new SheetGlance(Disturbed: true, []);

        try
        {
            return glance.Judge(await _spreadsheet.ReadAsync(glance.Ranges, cancellationToken));
        }
        catch (SheetUnavailableException e) when (e.Trouble is SheetTrouble.Moved or SheetTrouble.TabMissing)
        {
            // Fewer rows or columns than the bookmark knows, or another name on the tab: whoever reads it all again finds out which.
            Forget();
            return new SheetGlance(Disturbed: true, []);
        }
    }

    public async Task<IReadOnlyList<string>> PrepareAsync(IReadOnlyList<OwnColumn> ownColumns, CancellationToken cancellationToken)
    {
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            Forget();
            for (var attempt = 1; ; attempt++)
            {
                var tab = await TabAsync(cancellationToken);
                var header = await ReadHeaderAsync(tab, cancellationToken);
                if (!await _columns.AdvanceAsync(tab, header, ownColumns, attempt, cancellationToken))
                {
                    _header = _given = header;
                    Owner = _marks.OwnerIn(tab, header);
                    return header.Texts;
                }

                Forget();
            }
        }
        finally
        {
            _preparing.Release();
        }
    }

    public string? Owner { get; private set; }

    public async Task ClaimAsync(string installation, string? over, CancellationToken cancellationToken)
    {
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            var header = _given;
            for (var attempt = 1; ; attempt++)
            {
                var tab = await TabAsync(cancellationToken);
                header ??= await ReadHeaderAsync(tab, cancellationToken);
                if (header.Find(OwnColumns.Id) < 0) throw Missing([OwnColumns.Id], header, tab);
                if (!await _marks.AdvanceAsync(tab, header, installation, over, attempt, cancellationToken)) break;
                header = null;
            }

            Owner = _installation = installation;
        }
        finally
        {
            _preparing.Release();
        }
    }

    public async Task<string> TimeZoneAsync(CancellationToken cancellationToken) => (await TabAsync(cancellationToken)).TimeZone;

    public async Task<IReadOnlyList<SheetRow>> ReadColumnsAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var tab = await TabAsync(cancellationToken);
            var header = _header ?? await ReadHeaderAsync(tab, cancellationToken);
            var places = Places(columns, header, tab);
            try
            {
                var answers = await _spreadsheet.ReadAsync(
                    [A1.Rows(tab.Title, 1, 1), .. places.Select(place => A1.Columns(tab.Title, place, place))], cancellationToken);
                var now = Header(answers[0]);
                _header = now;
                if (columns.Select(now.Find).SequenceEqual(places)) return ColumnsRead.Rows(answers.Skip(1).ToList());
            }
            catch (SheetUnavailableException e) when (attempt < Attempts && e.Trouble is SheetTrouble.Moved or SheetTrouble.TabMissing)
            {
                Forget();
                continue;
            }

            if (attempt == Attempts) throw StillMoving(tab);
        }
    }

    public async Task<IReadOnlyList<SheetRow>> ReadRowsAsync(IReadOnlyCollection<int> rows, CancellationToken cancellationToken)
    {
        var found = new List<SheetRow>(rows.Count);
        var wanted = rows.Where(row => row > 0).Distinct().Order().ToArray();
        var atOnce = Math.Min(500, MostRowsAtOnce);
        for (var from = 0; from < wanted.Length;)
        {
            var chunk = wanted[from..Math.Min(from + atOnce, wanted.Length)];
            found.AddRange(await ReadChunkAsync(chunk, cancellationToken));
            from += chunk.Length;

            var size = found.TakeLast(chunk.Length).Sum(row => row.Cells.Sum(cell => (cell.Text?.Length ?? 0) + 8L));
            atOnce = (int)Math.Clamp(WantedAnswer / Math.Max(size / chunk.Length, 1), FewestRowsAtOnce, MostRowsAtOnce);
        }

        return found;
    }

    public async Task WriteAsync(IReadOnlyCollection<CellWrite> cells, CancellationToken cancellationToken)
    {
        if (cells.Count == 0) return;

        for (var attempt = 1; ; attempt++)
        {
            var tab = await TabAsync(cancellationToken);
            try
            {
                var header = await ReadHeaderAsync(tab, cancellationToken);
                _header = header;
                if (_installation is { } own) _marks.Check(tab, header, own);
                var columns = cells.Select(cell => cell.Column).Distinct(StringComparer.Ordinal).ToList();
                if (columns.Exists(column => header.TagOf(column) is null))
                {
                    if (attempt == Attempts) throw StillMoving(tab);
                    var missing = await _columns.TagAsync(tab, header, columns, attempt, cancellationToken);
                    if (missing.Count > 0) throw Missing(missing, header, tab);
                    continue;
                }

                var tags = columns.ToDictionary(column => column, column => header.TagOf(column)!.Value, StringComparer.Ordinal);
                var written = true;
                foreach (var request in ColumnTexts.Pack(cells.Select(cell => new TaggedText(Row(cell), tags[cell.Column], cell.Text))))
                    written &= await _spreadsheet.WriteAsync(request, cancellationToken);
                if (written) return;
                if (attempt == Attempts) throw StillMoving(tab);
            }
            catch (SheetUnavailableException e) when (attempt < Attempts && e.Trouble is SheetTrouble.TabMissing)
            {
                Forget();
            }
        }

        static int Row(CellWrite cell) =>
            cell.Row > 1 ? cell.Row : throw new ArgumentOutOfRangeException(nameof(cell), cell.Row, "Responses begin in row 2; the header row is not written to.");
    }

    public Task<IReadOnlyCollection<string>> CompareDashboardAsync(Dashboard dashboard, CancellationToken cancellationToken) =>
        _dashboard.CompareAsync(dashboard, cancellationToken);

    public async Task WriteDashboardAsync(Dashboard dashboard, CancellationToken cancellationToken)
    {
        // Where lines beside the responses were written just before, it was seen whose the sheet is.
        if (_installation is { } own && !_marks.WereJustSeen)
        {
            var tab = await TabAsync(cancellationToken);
            _marks.Check(tab, await ReadHeaderAsync(tab, cancellationToken), own);
        }

        await _dashboard.WriteAsync(dashboard, cancellationToken);
    }

    public void Dispose()
    {
        _preparing.Dispose();
        _dashboard.Dispose();
    }

    async Task<ResponseTab> TabAsync(CancellationToken cancellationToken)
    {
        if (_tab is { } known) return known;

        var spreadsheet = await _spreadsheet.GetAsync(ResponseTab.Fields, null, cancellationToken);
        var wanted = string.IsNullOrWhiteSpace(Settings.ResponseTab) ? "whose name begins with 'Form Responses'" : $"called '{Settings.ResponseTab}'";
        return _tab = ResponseTab.Find(spreadsheet, Settings.ResponseTab) ?? throw _spreadsheet.Trouble(
            SheetTrouble.TabMissing,
            $"The spreadsheet of form '{Settings.Form}' has no tab {wanted}. It has {ResponseTab.Named(spreadsheet)}: name the one with the responses in the settings, or link the form to this spreadsheet.");
    }

    async Task<HeaderRow> ReadHeaderAsync(ResponseTab tab, CancellationToken cancellationToken) =>
        HeaderRow.From(await _spreadsheet.ReadHeaderAsync(tab.Title, cancellationToken));

    async Task<IReadOnlyList<SheetRow>> ReadChunkAsync(int[] rows, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var tab = await TabAsync(cancellationToken);
            var runs = Runs.Of(rows.Where(row => row <= tab.Rows || attempt == 1)).ToList();
            try
            {
                var cells = await _spreadsheet.ReadAsSeenAsync(
                    [A1.Rows(tab.Title, 1, 1), .. runs.Select(run => A1.Rows(tab.Title, run.First, run.Last))], cancellationToken);
                var now = HeaderRow.From(cells.GetValueOrDefault(1, []));
                if (_given is { } given && !now.SameAs(given.Texts))
                {
                    // The caller would read the cells under the old headers: have it prepare and read again.
                    Forget();
                    throw StillMoving(tab);
                }

                _header = now;
                return [.. rows.Select(row => new SheetRow(row, cells.GetValueOrDefault(row, [])))];
            }
            catch (SheetUnavailableException e) when (attempt < Attempts && e.Trouble is SheetTrouble.TabMissing)
            {
                Forget();
            }
            catch (SheetUnavailableException e) when (attempt < Attempts && e.Trouble is SheetTrouble.Moved && _tab is not null)
            {
                // Some of the rows are beyond the end of the tab by now: find out where that is, and leave them empty.
                _tab = null;
            }
        }
    }

    int[] Places(IReadOnlyList<string> columns, HeaderRow header, ResponseTab tab)
    {
        var places = columns.Select(header.Find).ToArray();
        var missing = columns.Where((_, i) => places[i] < 0).ToList();
        if (missing.Count == 0) return places;

        throw Missing(missing, header, tab);
    }

    SheetUnavailableException Missing(IReadOnlyList<string> columns, HeaderRow header, ResponseTab tab)
    {
        Forget();
        return _spreadsheet.Trouble(
            SheetTrouble.ColumnMissing, $"The tab '{tab.Title}' of form '{Settings.Form}' has no column {OwnColumnsInSheet.Quoted(columns)}. Its columns are {OwnColumnsInSheet.Quoted(header.Texts.Where(text => text.Length > 0))}.");
    }

    static HeaderRow Header(IReadOnlyList<IReadOnlyList<SheetCell>> rows) => HeaderRow.From(rows.Count > 0 ? rows[0] : []);

    SheetUnavailableException StillMoving(ResponseTab tab) => _spreadsheet.StillMoving(tab.Title);

    void Forget()
    {
        _tab = null;
        _header = null;
    }
}
