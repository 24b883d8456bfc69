namespace FormsFlow.Application.Ports;

/// <summary>
/// One form's response sheet and its dashboard. A row number is where a row stood when it was read, never who it is:
/// whoever writes by it reads again and makes sure. Columns are named by their headers, whatever their letters are.
/// </summary>
public interface IResponseSheet
{
    /// <summary>
    /// Looks whether anything has happened since the bookmark was taken: one request, whose size depends on the bookmark's
    /// sample and not on the sheet.
    /// </summary>
    Task<SheetGlance> GlanceAsync(SheetBookmark bookmark, CancellationToken cancellationToken);

    /// <summary>
    /// The header row. Creates those of the given columns that are missing, beside the response's own, in the given order; one that is
    /// there and is called otherwise, because somebody renamed it or its party, is called by its name again.
    /// </summary>
    /// <returns>As they are by then: <see cref="Publishing.OwnColumns.Find"/> finds each of the given columns by them.</returns>
    Task<IReadOnlyList<string>> PrepareAsync(IReadOnlyList<OwnColumn> ownColumns, CancellationToken cancellationToken);

    /// <summary>The installation whose mark the sheet bore when <see cref="PrepareAsync"/> last saw it; null if it bore nobody's.</summary>
    string? Owner { get; }

    /// <summary>
    /// Marks the sheet, which has its own columns by then, as an installation's, and looks whether it is; no request if
    /// <see cref="PrepareAsync"/> saw the mark already. From then on <see cref="WriteAsync"/> refuses to write where it sees another's.
    /// </summary>
    /// <param name="over">Whose mark may be replaced; null if nobody's.</param>
    /// <exception cref="SheetUnavailableException">Another installation's mark is there.</exception>
    Task ClaimAsync(string installation, string? over, CancellationToken cancellationToken);

    /// <summary>The spreadsheet's time zone (IANA), in which its timestamps are meant. Asked for rarely: it may be remembered.</summary>
    Task<string> TimeZoneAsync(CancellationToken cancellationToken);

    /// <summary>Whole columns, as raw cells; one line for each row below the header that is not empty in all of them.</summary>
    Task<IReadOnlyList<SheetRow>> ReadColumnsAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken);

    /// <summary>Whole rows by number, cells in the order of the header row. Rows that do not exist any more come back empty.</summary>
    Task<IReadOnlyList<SheetRow>> ReadRowsAsync(IReadOnlyCollection<int> rows, CancellationToken cancellationToken);

    /// <summary>Writes cells as values, never as formulas, in one batch.</summary>
    Task WriteAsync(IReadOnlyCollection<CellWrite> cells, CancellationToken cancellationToken);

    /// <summary>Reads the dashboard's lines and compares them with what they should say; links are not compared.</summary>
    /// <returns>Ids of those of the given lines that are not there or say something else; all of them if the tab is gone.</returns>
    Task<IReadOnlyCollection<string>> CompareDashboardAsync(Dashboard dashboard, CancellationToken cancellationToken);

    /// <summary>Brings the dashboard up to date: lines found by id are replaced, new ones added below; the summary is replaced.</summary>
    Task WriteDashboardAsync(Dashboard dashboard, CancellationToken cancellationToken);
}

/// <summary>Gives the response sheet of a form.</summary>
public interface IResponseSheets
{
    /// <exception cref="KeyNotFoundException">The settings have no such form.</exception>
    IResponseSheet Of(string form);
}

/// <summary>A cell as the sheet keeps it: a text, a number, or nothing.</summary>
/// <param name="Text">What a text cell holds. For a number: as a person sees it where whole rows are read (a date looks like a date), null elsewhere.</param>
/// <param name="Number">Set when the cell holds a number; dates are serial days since 1899-12-30 in the sheet's zone.</param>
public readonly record struct SheetCell(string? Text, double? Number)
{
    public static readonly SheetCell Empty;

    public bool IsEmpty => Number is null && string.IsNullOrEmpty(Text);

    /// <summary>As a person would read it; numbers in the invariant way.</summary>
    public override string ToString() => Text ?? Number?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}

/// <param name="Number">Counted from 1, the header included, as the sheet shows it.</param>
public sealed record SheetRow(int Number, IReadOnlyList<SheetCell> Cells)
{
    public SheetCell this[int column] => column >= 0 && column < Cells.Count ? Cells[column] : SheetCell.Empty;
}

/// <summary>A column that FormsFlow keeps beside the responses.</summary>
/// <param name="Name">Its header, and what it is called in reads and writes.</param>
/// <param name="Key">What stays the same when the name changes; null for a column whose name never does.</param>
public sealed record OwnColumn(string Name, string? Key = null);

/// <param name="Column">A header.</param>
public sealed record CellWrite(int Row, string Column, string Text);

/// <summary>What the sheet looked like when it was last read whole, in as few words as will show a change.</summary>
/// <param name="Headers">The header row.</param>
/// <param name="LastRow">The last row that held a response; 1 if there was none.</param>
/// <param name="Last">What that row held in the key columns.</param>
/// <param name="Sample">Some rows of open proposals and what they held in the key columns.</param>
/// <param name="KeyColumns">Headers of the columns that are compared: the id, the timestamp.</param>
public sealed record SheetBookmark(
    IReadOnlyList<string> Headers,
    IReadOnlyList<string> KeyColumns,
    int LastRow,
    IReadOnlyList<SheetCell> Last,
    IReadOnlyList<SheetRow> Sample);

/// <summary>What a glance saw.</summary>
/// <param name="Disturbed">Rows or columns are not where they were, or a sampled row changed: read it all again.</param>
/// <param name="NewRows">Numbers of the rows below the last known one that hold something.</param>
public sealed record SheetGlance(bool Disturbed, IReadOnlyList<int> NewRows);

/// <summary>What the administrators' tab shows.</summary>
/// <param name="Parties">Titles of the parties, each with two columns: the decision and its date.</param>
/// <param name="Lines">Only those that changed.</param>
public sealed record Dashboard(
    string Title,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<DashboardFigure> Summary,
    IReadOnlyList<string> Parties,
    IReadOnlyList<DashboardLine> Lines)
{
    /// <summary>What needs a hand now, for the top of the tab; empty if nothing does.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}

public sealed record DashboardFigure(string Label, int Count)
{
    /// <summary>Of the figure that is no status.</summary>
    public const string Late = "Late";
}

/// <param name="Status">As in the response's row: "In review: waiting for Business".</param>
/// <param name="Decisions">One for each of the dashboard's parties, in their order.</param>
/// <param name="StatusPage">Null where there is no page to link to.</param>
public sealed record DashboardLine(
    string Id,
    string Product,
    string Sponsor,
    string Status,
    IReadOnlyList<DashboardDecision> Decisions,
    DateOnly? WaitingSince,
    DateOnly? NextDeadline,
    Uri? StatusPage);

/// <param name="Decision">"Approved", "Denied", "Waiting", or empty where the party is not asked.</param>
public sealed record DashboardDecision(string Decision, DateOnly? On);
