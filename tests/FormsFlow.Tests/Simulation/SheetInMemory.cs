using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Simulation;

/// <summary>
/// A response sheet as rows of cells, with the port's promises and nothing more. Before and after each call a test may do what people
/// do to sheets, or let the call fail.
/// </summary>
sealed partial class SheetInMemory : IResponseSheet, IResponseSheets
{
    readonly Lock _lock = new();
    readonly List<string> _calls = [];
    IReadOnlyList<string>? _given;

    /// <summary>Which column is which, whatever it is called and wherever it was moved to.</summary>
    readonly List<int> _columns = [.. Enumerable.Range(0, TestDistrict.FormHeaders.Count)];

    int _columnsMade = TestDistrict.FormHeaders.Count;
    bool _rowsMoved;

    public List<string> Headers { get; } = [.. TestDistrict.FormHeaders];

    public List<Row> Rows { get; } = [];

    /// <summary>The columns that were asked for last.</summary>
    public IReadOnlyList<OwnColumn> Prepared { get; private set; } = [];

    public Dictionary<string, DashboardLine> DashboardLines { get; } = [];

    public Dashboard? LastDashboard { get; private set; }

    /// <summary>Given the number of the call, from 1 since the last <see cref="Forget"/>.</summary>
    public Action<int>? BeforeCall { get; set; }

    /// <summary>What the call changed has been changed by then.</summary>
    public Action<int>? AfterCall { get; set; }

    /// <summary>
    /// Within a write, given the number of the call: it has looked where the columns stand, and nothing is written yet. It writes to the
    /// columns that it saw, wherever they are moved to.
    /// </summary>
    public Action<int>? AmidWrite { get; set; }

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock) return [.. _calls];
        }
    }

    /// <summary>Every cell that was written, ever.</summary>
    public List<CellWrite> Written { get; } = [];

    /// <summary>Where each of them came to stand.</summary>
    public List<Landing> Landings { get; } = [];

    public IResponseSheet Of(string form) => form == TestDistrict.FormKey ? this : throw new KeyNotFoundException(form);

    public void Forget()
    {
        lock (_lock)
        {
            _calls.Clear();
            Written.Clear();
            Landings.Clear();
        }
    }

    public Task<SheetGlance> GlanceAsync(SheetBookmark bookmark, CancellationToken cancellationToken) => Call("glance", () =>
    {
        var columns = bookmark.KeyColumns.Select(Find).ToArray();
        if (!Headers.SequenceEqual(bookmark.Headers) || columns.Contains(-1)) return new SheetGlance(true, []);
        var same = (bookmark.LastRow == 1 || Same(bookmark.LastRow, bookmark.Last)) && bookmark.Sample.All(row => Same(row.Number, row.Cells));
        var fresh = Enumerable.Range(bookmark.LastRow + 1, Math.Max(0, Rows.Count + 1 - bookmark.LastRow))
            .Where(number => columns.Any(column => !Cell(number, column).IsEmpty));
        return new SheetGlance(!same, [.. fresh]);

        bool Same(int number, IReadOnlyList<SheetCell> cells) =>
            columns.Select((column, i) => Cell(number, column) == cells[i] || (Cell(number, column).IsEmpty && cells[i].IsEmpty)).All(same => same);
    });

    public Task<IReadOnlyList<string>> PrepareAsync(IReadOnlyList<OwnColumn> ownColumns, CancellationToken cancellationToken) => Call("prepare", () =>
    {
        Prepared = ownColumns;
        Headers.AddRange([.. ownColumns.Select(column => column.Name).Where(column => Find(column) < 0).Select(column => OwnColumns.Named(Headers, column).Count > 0 ? OwnColumns.Alias(column) : column)]);
        while (_columns.Count < Headers.Count) _columns.Add(_columnsMade++);
        Owner = Mark;
        return _given = [.. Headers];
    });

    public string? Owner { get; private set; }

    /// <summary>Whose mark the ids bear; it goes with their column.</summary>
    (string Installation, int Column)? _mark;

    public string? Mark
    {
        get => _mark is { } mark && _columns.Contains(mark.Column) ? mark.Installation : null;
        set => _mark = value is null ? null : (value, _columns[Place(OwnColumns.Id)]);
    }

    public Task ClaimAsync(string installation, string? over, CancellationToken cancellationToken) => Owner == installation ? Task.CompletedTask : Call("claim", () =>
    {
        if (Mark is { } owner && owner != installation && owner != over) throw SheetUnavailableException.OfAnother(TestDistrict.FormKey, owner, installation);
        Mark = Owner = installation;
        return true;
    });

    public Task<string> TimeZoneAsync(CancellationToken cancellationToken) => Call("zone", () => TestDistrict.Zone.Id);

    public Task<IReadOnlyList<SheetRow>> ReadColumnsAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken) => Call("columns", () =>
    {
        _rowsMoved = false;
        var places = columns.Select(Place).ToArray();
        return (IReadOnlyList<SheetRow>)
        [
            .. Enumerable.Range(2, Rows.Count)
                .Select(number => new SheetRow(number, [.. places.Select(place => Plain(Cell(number, place)))]))
                .Where(row => row.Cells.Any(cell => !cell.IsEmpty)),
        ];
    });

    public Task<IReadOnlyList<SheetRow>> ReadRowsAsync(IReadOnlyCollection<int> rows, CancellationToken cancellationToken) => Call("rows", () =>
    {
        _rowsMoved = false;
        if (_given is { } given && !given.SequenceEqual(Headers))
            throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.Moved, "The columns were moved while the sheet was read.");
        return (IReadOnlyList<SheetRow>)
            [.. rows.Distinct().Order().Select(number => new SheetRow(number, [.. Headers.Select((_, column) => AsSeen(Cell(number, column)))]))];
    });

    public Task WriteAsync(IReadOnlyCollection<CellWrite> cells, CancellationToken cancellationToken) => Call("write", () =>
    {
        var columns = cells.Select(cell => cell.Column).Distinct().ToDictionary(column => column, column => _columns[Place(column)]);
        AmidWrite?.Invoke(_calls.Count);
        foreach (var cell in cells)
        {
            var place = _columns.IndexOf(columns[cell.Column]);
            if (place < 0) throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.Moved, $"The column '{cell.Column}' is gone.");
            Written.Add(cell);
            while (Rows.Count < cell.Row - 1) Rows.Add(new Row(null));
            var row = Rows[cell.Row - 2];
            Landings.Add(new Landing(row, row[Find(OwnColumns.Id)].ToString(), cell.Column, cell.Text, !_rowsMoved));
            row.Set(place, new SheetCell(cell.Text, null));
        }

        return true;
    });

    public Task<IReadOnlyCollection<string>> CompareDashboardAsync(Dashboard dashboard, CancellationToken cancellationToken) => Call("compare", () =>
        (IReadOnlyCollection<string>)[.. dashboard.Lines.Where(line => !DashboardLines.TryGetValue(line.Id, out var shown) || !Same(shown, line)).Select(line => line.Id)]);

    static bool Same(DashboardLine left, DashboardLine right) =>
        left with { Decisions = [], StatusPage = null } == right with { Decisions = [], StatusPage = null } && left.Decisions.SequenceEqual(right.Decisions);

    public Task WriteDashboardAsync(Dashboard dashboard, CancellationToken cancellationToken) => Call("dashboard", () =>
    {
        foreach (var line in dashboard.Lines) DashboardLines[line.Id] = line;
        LastDashboard = dashboard;
        return true;
    });

    /// <summary>As Google Forms does: a new row below the last one.</summary>
    public void Submit(TestResponse response)
    {
        lock (_lock)
        {
            while (Rows.Count > 0 && Rows[^1].IsEmpty) Rows.RemoveAt(Rows.Count - 1);
            var row = new Row(response.Key);
            FillIn(row, response);
            Rows.Add(row);
        }
    }

    /// <summary>"Edit your response": the same row, another answer and a new timestamp.</summary>
    public void Edit(string key, TestResponse response)
    {
        lock (_lock)
        {
            var row = Rows.Find(candidate => candidate.Key == key)!;
            FillIn(row, response);
        }
    }

    void FillIn(Row row, TestResponse response)
    {
        foreach (var (header, cell) in response.Cells())
        {
            if (Find(header) is not (>= 0 and var place)) continue;
            row.Set(place, cell);
            row.Given[_columns[place]] = cell;
        }
    }

    /// <summary>What a response's row holds now where the form had filled it in, with what that was; columns that are gone are left out.</summary>
    public IEnumerable<(SheetCell Given, SheetCell Now)> Answers() =>
        from row in Rows from given in row.Given let place = _columns.IndexOf(given.Key) where place >= 0 select (given.Value, row[place]);

    public void Sort(Func<Row, IComparable?> by)
    {
        lock (_lock)
        {
            _rowsMoved = true;
            var sorted = Rows.Where(row => !row.IsEmpty).OrderBy(by).ToList();
            Rows.Clear();
            Rows.AddRange(sorted);
        }
    }

    public void Reverse()
    {
        lock (_lock)
        {
            _rowsMoved = true;
            Rows.Reverse();
        }
    }

    /// <param name="at">From 0, among the responses.</param>
    public void InsertBlank(int at)
    {
        lock (_lock)
        {
            _rowsMoved = true;
            Rows.Insert(Math.Min(at, Rows.Count), new Row(null));
        }
    }

    public void Delete(string key)
    {
        lock (_lock)
        {
            _rowsMoved = true;
            Rows.RemoveAll(row => row.Key == key);
        }
    }

    /// <summary>Copies a row with all its cells to the end.</summary>
    public void Copy(string key, string copy)
    {
        lock (_lock)
        {
            var row = new Row(copy);
            var original = Rows.Find(candidate => candidate.Key == key)!;
            for (var i = 0; i < Headers.Count; i++) row.Set(i, original[i]);
            Rows.Add(row);
        }
    }

    public void InsertColumn(int at, string header)
    {
        lock (_lock)
        {
            Headers.Insert(at, header);
            _columns.Insert(at, _columnsMade++);
            foreach (var row in Rows) row.Insert(at);
        }
    }

    public void DeleteColumn(string header)
    {
        lock (_lock)
        {
            var place = Find(header) is >= 0 and var found ? found : Headers.IndexOf(header);
            Headers.RemoveAt(place);
            _columns.RemoveAt(place);
            foreach (var row in Rows) row.Remove(place);
        }
    }

    public void MoveColumn(string header, int to)
    {
        lock (_lock)
        {
            var from = Find(header);
            Headers.RemoveAt(from);
            Headers.Insert(to, header);
            var column = _columns[from];
            _columns.RemoveAt(from);
            _columns.Insert(to, column);
            foreach (var row in Rows) row.Move(from, to);
        }
    }

    public void RenameColumn(string from, string to)
    {
        lock (_lock) Headers[Find(from)] = to;
    }

    public string Text(string key, string header)
    {
        lock (_lock) return Rows.Find(row => row.Key == key) is { } row && Find(header) is >= 0 and var place ? row[place].ToString() : "";
    }

    public void Put(string key, string header, string text)
    {
        lock (_lock)
        {
            // Without an id it is another row to whoever looks for one.
            _rowsMoved |= header == OwnColumns.Id;
            var row = Rows.Find(row => row.Key == key)!;
            row.Given.Remove(_columns[Find(header)]);
            row.Set(Find(header), new SheetCell(text, null));
        }
    }

    Task<T> Call<T>(string name, Func<T> act)
    {
        int number;
        lock (_lock)
        {
            _calls.Add(name);
            number = _calls.Count;
        }

        try
        {
            BeforeCall?.Invoke(number);
            T result;
            lock (_lock) result = act();
            AfterCall?.Invoke(number);
            return Task.FromResult(result);
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    int Find(string header) =>
        OwnColumns.IsOwn(header) ? OwnColumns.Find(Headers, header) : Headers.FindIndex(candidate => HeaderText.Same(candidate, header));

    int Place(string header) => Find(header) is >= 0 and var place
        ? place
        : throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.ColumnMissing, $"The tab has no column '{header}'.");

    SheetCell Cell(int number, int column) => number >= 2 && number - 2 < Rows.Count ? Rows[number - 2][column] : SheetCell.Empty;

    static SheetCell Plain(SheetCell cell) => cell.Number is { } number ? new SheetCell(null, number) : cell;

    static SheetCell AsSeen(SheetCell cell) => cell.Number is { } number
        ? new SheetCell(DateTime.FromOADate(number).ToString("M/d/yyyy H:mm:ss", CultureInfo.InvariantCulture), number)
        : cell;

    /// <param name="Row">The row that was written to.</param>
    /// <param name="Id">What its id cell held before.</param>
    /// <param name="Undisturbed">No row had moved since rows were last read: nothing excuses a wrong one.</param>
    internal sealed record Landing(Row Row, string Id, string Column, string Text, bool Undisturbed);
}
