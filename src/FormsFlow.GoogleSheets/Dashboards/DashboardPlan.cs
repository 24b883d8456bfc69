using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Client;
using FormsFlow.GoogleSheets.Responses;

namespace FormsFlow.GoogleSheets.Dashboards;

/// <summary>What has to change so that the tab shows the dashboard: no I/O, the same answer for the same tab.</summary>
public sealed class DashboardPlan
{
    /// <summary>Rows above the header: title, time and what needs a hand, figures, their labels.</summary>
    public const int SummaryRows = 4;

    const int SpareRows = 100;
    const int LongestText = 500;

    readonly DashboardState _state;
    readonly Dashboard _dashboard;
    readonly IReadOnlyList<DashboardColumn> _columns;
    readonly int[] _places;
    readonly int _shift;
    readonly int _header;
    readonly bool _restyle;

    public DashboardPlan(DashboardState state, Dashboard dashboard, TimeZoneInfo zone)
    {
        _state = state;
        _dashboard = dashboard;
        _columns = DashboardColumn.Of(dashboard.Parties);
        _places = DashboardPlaces.Of(_columns, state, out var added);
        // Somebody deleted rows of the summary: make room for it again.
        _shift = state.HeaderRow is { } found ? Math.Max(SummaryRows - found, 0) : 0;
        _header = (state.HeaderRow ?? SummaryRows) + _shift;
        _restyle = state.IsNew || added || !state.Protections.Any(DashboardLook.IsOurs);
        Structure = [.. MakeRoom(), .. _restyle ? Style() : [], .. Rules(), .. Filter(), .. Protection(), .. Summary(zone)];
    }

    /// <summary>Everything but the lines: grid, look, summary. Its size depends on the number of columns only.</summary>
    public IReadOnlyList<Request> Structure { get; }

    /// <summary>The lines; runs of neighbouring rows are one change.</summary>
    public IEnumerable<Request> Lines()
    {
        var byRow = Rows();
        var columnRuns = ColumnRuns().ToList();
        foreach (var (first, last) in Runs.Of(byRow.Keys))
        {
            foreach (var (column, from, to) in columnRuns)
            {
                yield return new Request
                {
                    UpdateCells = new UpdateCellsRequest
                    {
                        Start = new GridCoordinate { SheetId = _state.SheetId, RowIndex = first, ColumnIndex = column },
                        Rows = [.. Enumerable.Range(first, last - first + 1).Select(row => new RowData { Values = [.. Cells(byRow[row]).Take(from..to)] })],
                        Fields = "userEnteredValue,userEnteredFormat.textFormat.link",
                    },
                };
            }
        }
    }

    /// <summary>Every row that has a line's id gets the line; new ones fill rows whose id stands elsewhere too, and then go below.</summary>
    SortedDictionary<int, DashboardLine> Rows()
    {
        var known = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (row, id) in _state.Ids.OrderBy(entry => entry.Key))
        {
            if (!known.TryGetValue(id, out var rows)) known[id] = rows = [];
            rows.Add(row + _shift);
        }

        var free = new Queue<int>(known.Values.SelectMany(rows => rows.Skip(1)).Order());
        var next = (_state.Ids.Count == 0 ? _header : Math.Max(_state.Ids.Keys.Max() + _shift, _header)) + 1;
        var found = new SortedDictionary<int, DashboardLine>();
        foreach (var line in _dashboard.Lines.Where(line => known.ContainsKey(line.Id)))
            foreach (var row in known[line.Id])
                found[row] = line;

        foreach (var line in _dashboard.Lines.Where(line => !known.ContainsKey(line.Id)).DistinctBy(line => line.Id))
            found[free.TryDequeue(out var row) ? row : next++] = line;
        return found;
    }

    IEnumerable<Request> MakeRoom()
    {
        if (_shift > 0)
            yield return new Request
            {
                InsertDimension = new InsertDimensionRequest
                {
                    Range = new DimensionRange { SheetId = _state.SheetId, Dimension = "ROWS", StartIndex = 0, EndIndex = _shift },
                    InheritFromBefore = false,
                },
            };

        var columns = Math.Max(_places.Max() + 1, _places[0] + _dashboard.Summary.Count);
        if (columns > _state.Columns) yield return Append("COLUMNS", columns - _state.Columns);

        var has = _state.Rows + _shift;
        var needs = Math.Max(Rows().Keys.DefaultIfEmpty(_header).Max(), _header) + 1;
        if (needs <= has) yield break;

        yield return Append("ROWS", needs - has + SpareRows);
        if (_restyle) yield break;
        foreach (var request in DashboardLook.Body(_state.SheetId, has, _columns, _places)) yield return request;
    }

    Request Append(string dimension, int length) =>
        new() { AppendDimension = new AppendDimensionRequest { SheetId = _state.SheetId, Dimension = dimension, Length = length } };

    IEnumerable<Request> Style() => DashboardLook.Whole(_state.SheetId, _header, _columns, _places);

    IEnumerable<Request> Rules()
    {
        var ranges = Runs.Of(_columns.Index().Where(c => c.Item.Kind is DashboardColumnKind.Status or DashboardColumnKind.Decision).Select(c => _places[c.Index]))
            .Select(run => new GridRange { SheetId = _state.SheetId, StartRowIndex = _header + 1, StartColumnIndex = run.First, EndColumnIndex = run.Last + 1 })
            .ToList();
        if (StatusColours.AreThere(_state.Rules, ranges)) yield break;

        // From the last, so that the numbers of those before it hold.
        for (var index = _state.Rules.Count - 1; index >= 0; index--)
            if (StatusColours.IsOurs(_state.Rules[index]))
                yield return new Request { DeleteConditionalFormatRule = new DeleteConditionalFormatRuleRequest { SheetId = _state.SheetId, Index = index } };

        foreach (var rule in StatusColours.Rules(ranges))
            yield return new Request { AddConditionalFormatRule = new AddConditionalFormatRuleRequest { Rule = rule, Index = 0 } };
    }

    IEnumerable<Request> Filter()
    {
        var range = new GridRange { SheetId = _state.SheetId, StartRowIndex = _header, StartColumnIndex = _places.Min(), EndColumnIndex = _places.Max() + 1 };
        var chosen = _state.Filter?.Chosen;
        if (_state.Filter?.Range is { } there)
        {
            var end = Math.Max(Rows().Keys.DefaultIfEmpty(_header).Max(), _header) + 1;
            var inPlace = there.StartRowIndex + _shift == _header && (there.StartColumnIndex ?? 0) == range.StartColumnIndex;
            var covers = inPlace && there.EndColumnIndex >= range.EndColumnIndex && (there.EndRowIndex is null || there.EndRowIndex + _shift >= end);
            if (covers) yield break;
            if (!inPlace) chosen = null;
        }

        yield return new Request
        {
            SetBasicFilter = new SetBasicFilterRequest
            {
                Filter = new BasicFilter
                {
                    Range = range,
                    // Google gives the same choices in an old and a new spelling and takes one of them back.
                    Chosen = chosen?.Where(entry => entry.Key != "criteria" || !chosen.ContainsKey("filterSpecs")).ToDictionary(StringComparer.Ordinal),
                },
            },
        };
    }

    IEnumerable<Request> Protection()
    {
        var ours = _state.Protections.Where(DashboardLook.IsOurs).ToList();
        if (ours.Count == 0) yield return DashboardLook.Protection(_state.SheetId);
        foreach (var extra in ours.Skip(1))
            yield return new Request { DeleteProtectedRange = new DeleteProtectedRangeRequest { ProtectedRangeId = extra.ProtectedRangeId } };
    }

    IEnumerable<Request> Summary(TimeZoneInfo zone)
    {
        var width = Math.Max(_columns.Count, _dashboard.Summary.Count);
        yield return new Request
        {
            UpdateCells = new UpdateCellsRequest
            {
                Start = new GridCoordinate { SheetId = _state.SheetId, RowIndex = _header - SummaryRows, ColumnIndex = _places.Min() },
                Rows = [.. DashboardLook.Summary(_dashboard, Serial(OnTheMinute(TimeZoneInfo.ConvertTime(_dashboard.UpdatedAt, zone).DateTime)), width)],
                Fields = "userEnteredValue,userEnteredFormat",
            },
        };
    }

    /// <summary>Runs of the table's columns that stand side by side: where each begins, and which of the table's columns it holds.</summary>
    IEnumerable<(int Column, int From, int To)> ColumnRuns()
    {
        var from = 0;
        for (var i = 1; i <= _places.Length; i++)
        {
            if (i < _places.Length && _places[i] == _places[i - 1] + 1) continue;
            yield return (_places[from], from, i);
            from = i;
        }
    }

    /// <summary>What a line's cells hold, in the order of the table's columns.</summary>
    public static IReadOnlyList<CellData> Cells(DashboardLine line) =>
    [
        Text(line.Id),
        Text(line.Product),
        Text(line.Sponsor),
        Text(line.Status),
        .. line.Decisions.SelectMany(decision => new[] { Text(decision.Decision), Date(decision.On) }),
        Date(line.WaitingSince),
        Date(line.NextDeadline),
        Link(line.StatusPage),
    ];

    static CellData Text(string text) => text.Length == 0 ? new CellData() : new CellData { UserEnteredValue = new ExtendedValue { StringValue = Shorten(text) } };

    static CellData Date(DateOnly? date) => date is { } on
        ? new CellData { UserEnteredValue = new ExtendedValue { NumberValue = Serial(on.ToDateTime(TimeOnly.MinValue)) } }
        : new CellData();

    static CellData Link(Uri? page) => page is null
        ? new CellData()
        : new CellData
        {
            UserEnteredValue = new ExtendedValue { StringValue = "Open" },
            UserEnteredFormat = new CellFormat { TextFormat = new TextFormat { Link = new Link { Uri = page.AbsoluteUri } } },
        };

    /// <summary>Days since 1899-12-30, as sheets count.</summary>
    static double Serial(DateTime local) => (local - new DateTime(1899, 12, 30)).TotalDays;

    /// <summary>A second past, so that the fraction of a day that it becomes does not show as the minute before.</summary>
    static DateTime OnTheMinute(DateTime local) => local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute)).AddSeconds(1);

    internal static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length <= LongestText) return line;
        var end = char.IsHighSurrogate(line[LongestText - 2]) ? LongestText - 2 : LongestText - 1;
        return string.Concat(line.AsSpan(0, end), "…");
    }
}
