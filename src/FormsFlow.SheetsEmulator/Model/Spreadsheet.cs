using FormsFlow.SheetsEmulator.Forms;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>The properties of a spreadsheet as a whole.</summary>
/// <param name="Title">The file's name.</param>
/// <param name="Locale">Such as <c>en_US</c>: how typed numbers and dates are read.</param>
/// <param name="TimeZone">An IANA name such as <c>America/Chicago</c>: what a serial date means.</param>
/// <param name="AutoRecalc">Google's RecalculationInterval.</param>
public sealed record SpreadsheetProperties(string Title, string Locale = "en_US", string TimeZone = "Etc/GMT", string AutoRecalc = "ON_CHANGE");

/// <summary>A spreadsheet. Reach it through <c>SpreadsheetStore.Read</c> and <c>Write</c> only: they hold its lock.</summary>
public sealed class Spreadsheet(string id, SpreadsheetProperties properties)
{
    internal readonly Lock Gate = new();
    internal readonly List<Sheet> SheetList = [];
    internal readonly Dictionary<string, FormResponse> Responses = new(StringComparer.Ordinal);

    public string Id { get; } = id;
    public SpreadsheetProperties Properties { get; internal set; } = properties;

    /// <summary>E-mail addresses of the accounts that may use it; null: any authenticated service account.</summary>
    public IReadOnlyList<string>? SharedWith { get; internal set; }

    /// <summary>Whether those accounts may only look.</summary>
    public bool IsReadOnly { get; internal set; }

    /// <summary>The form whose responses come in here, or null.</summary>
    public FormDefinition? Form { get; internal set; }

    public IReadOnlyList<Sheet> Sheets => SheetList;

    public TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(Properties.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Grid cells of all tabs, filled or not: what Google's limit of ten million counts.</summary>
    public long GridCells => SheetList.Sum(s => (long)s.Layout.RowCount * s.Layout.ColumnCount);

    public Sheet? FindSheet(int sheetId) => SheetList.Find(s => s.Id == sheetId);

    /// <summary>Tab names are matched without regard to case, as Google does.</summary>
    public Sheet? FindSheet(string title) => SheetList.Find(s => string.Equals(s.Title, title, StringComparison.OrdinalIgnoreCase));

    public FormResponse? FindResponse(string responseId) => Responses.GetValueOrDefault(responseId);

    internal Sheet SheetOf(int sheetId) => FindSheet(sheetId) ?? throw new SheetsException($"No grid with id: {sheetId}");
}

/// <summary>An operation that the spreadsheet refuses; the message is worded as Google words it.</summary>
public sealed class SheetsException(string message) : Exception(message);
