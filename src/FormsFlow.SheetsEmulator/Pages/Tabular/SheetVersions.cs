using System.Collections.Concurrent;
using System.Globalization;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Pages.Tabular;

/// <summary>Counts what happens to each spreadsheet, so that an open page asks a few bytes' worth whether it is still true.</summary>
internal sealed class SheetVersions : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly string _start;
    private readonly SpreadsheetStore _store;

    public SheetVersions(SpreadsheetStore store, TimeProvider time)
    {
        // A page that was opened before a restart is out of date after it.
        _start = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
        (_store = store).Changed += Count;
    }

    public string Of(string spreadsheetId) => string.Create(CultureInfo.InvariantCulture, $"{_start}-{_counts.GetValueOrDefault(spreadsheetId)}");

    public void Dispose() => _store.Changed -= Count;

    private void Count(object? sender, SpreadsheetChangedEventArgs e) => _counts.AddOrUpdate(e.SpreadsheetId, 1, (_, count) => count + 1);
}
