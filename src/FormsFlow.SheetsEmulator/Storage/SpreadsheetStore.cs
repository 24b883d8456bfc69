using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;

namespace FormsFlow.SheetsEmulator.Storage;

/// <summary>What there is to choose from.</summary>
public sealed record SpreadsheetSummary(string Id, string Title, string? FormTitle);

/// <summary>
/// All spreadsheets, in memory and in files. Every reading and writing of one holds its lock; a writing that throws leaves no trace.
/// </summary>
public sealed class SpreadsheetStore : IDisposable
{
    private readonly ConcurrentDictionary<string, Spreadsheet> _spreadsheets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SpreadsheetFile> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Spreadsheet> _discarded = new(StringComparer.Ordinal);
    private readonly string? _directory;
    private readonly TimeProvider _time;

    private SpreadsheetStore(string? directory, TimeProvider time) => (_directory, _time) = (directory, time);

    /// <summary>Opens a directory, replaying what its journals hold; without one the spreadsheets live in memory only.</summary>
    public static SpreadsheetStore Open(string? directory, TimeProvider time)
    {
        var store = new SpreadsheetStore(directory, time);
        if (directory is null)
            return store;
        Directory.CreateDirectory(directory);
        foreach (var file in SpreadsheetFile.OpenAll(directory))
        {
            store._files[file.Spreadsheet.Id] = file;
            store._spreadsheets[file.Spreadsheet.Id] = file.Spreadsheet;
        }
        return store;
    }

    /// <summary>Raised after an operation on a spreadsheet, with its id and outside its lock.</summary>
    public event EventHandler<SpreadsheetChangedEventArgs>? Changed;

    public IReadOnlyList<SpreadsheetSummary> List() =>
        [.. _spreadsheets.Values.Select(s => Read(s.Id, x => new SpreadsheetSummary(x.Id, x.Properties.Title, x.Form?.Title))).OrderBy(s => s.Title, StringComparer.OrdinalIgnoreCase)];

    public bool Contains(string id) => _spreadsheets.ContainsKey(id);

    /// <summary>Makes a spreadsheet with these tabs, or with one empty <c>Sheet1</c>, and returns its id.</summary>
    /// <param name="properties">Title, locale and time zone.</param>
    /// <param name="layouts">The tabs, in their order.</param>
    /// <param name="id">A wanted id; by default one like Google's is made up.</param>
    public string Create(SpreadsheetProperties properties, IReadOnlyList<SheetLayout>? layouts = null, string? id = null)
    {
        id ??= "1" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var spreadsheet = new Spreadsheet(id, properties);
        foreach (var layout in layouts is { Count: > 0 } ? layouts : [new SheetLayout { SheetId = 0, Title = "Sheet1" }])
            spreadsheet.SheetList.Add(new Sheet(layout));
        if (!_spreadsheets.TryAdd(id, spreadsheet))
            throw new InvalidOperationException($"There is a spreadsheet {id} already.");
        if (_directory is not null)
            _files[id] = SpreadsheetFile.Create(_directory, spreadsheet);
        return id;
    }

    public void Delete(string id)
    {
        if (!_spreadsheets.TryRemove(id, out var spreadsheet))
            return;
        lock (spreadsheet.Gate)
        {
            if (_files.TryRemove(id, out var file))
                file.Delete();
        }
    }

    /// <exception cref="SpreadsheetNotFoundException">There is none with this id.</exception>
    public T Read<T>(string id, Func<Spreadsheet, T> read)
    {
        var spreadsheet = Find(id);
        lock (spreadsheet.Gate)
            return read(spreadsheet);
    }

    /// <summary>One atomic operation. When it throws, or cannot be written to the journal, the spreadsheet is as it was.</summary>
    /// <exception cref="SpreadsheetNotFoundException">There is none with this id.</exception>
    public T Write<T>(string id, Func<Transaction, T> write)
    {
        var spreadsheet = Find(id);
        T result;
        lock (spreadsheet.Gate)
        {
            var transaction = new Transaction(spreadsheet, _time.GetUtcNow());
            try
            {
                result = write(transaction);
                if (transaction.Changes.Count == 0)
                    return result;
                transaction.Recalculate();
                if (_files.TryGetValue(id, out var file))
                    file.Append(transaction);
            }
            catch
            {
                transaction.RollBack();
                throw;
            }
        }
        Changed?.Invoke(this, new SpreadsheetChangedEventArgs(id));
        return result;
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(string id, Action<Transaction> write) => Write(id, transaction =>
    {
        write(transaction);
        return 0;
    });

    /// <summary>Names the accounts that may use a spreadsheet; null opens it to every authenticated account.</summary>
    /// <param name="id">The spreadsheet.</param>
    /// <param name="accounts">Their e-mail addresses.</param>
    /// <param name="readOnly">They may look at it and not change it.</param>
    public void Share(string id, IReadOnlyList<string>? accounts, bool readOnly = false) => Write(id, t => t.Apply(new SetSharing(accounts, readOnly)));

    /// <summary>
    /// Deletes a spreadsheet as a person deletes it for good: it is not found any more, until an administrator brings it back. Kept in
    /// memory only: a restart finds it again.
    /// </summary>
    public void Discard(string id)
    {
        if (_spreadsheets.TryRemove(id, out var spreadsheet))
            _discarded[id] = spreadsheet;
    }

    /// <summary>Brings a discarded spreadsheet back, as it was.</summary>
    public void Restore(string id)
    {
        if (_discarded.TryRemove(id, out var spreadsheet))
            _spreadsheets[id] = spreadsheet;
    }

    /// <summary>Folds the journals into snapshots and closes the files.</summary>
    public void Dispose()
    {
        foreach (var (id, file) in _files)
        {
            lock ((_spreadsheets.GetValueOrDefault(id) ?? _discarded[id]).Gate)
            {
                file.Compact();
                file.Dispose();
            }
        }
        _files.Clear();
    }

    private Spreadsheet Find(string id) => _spreadsheets.GetValueOrDefault(id) ?? throw new SpreadsheetNotFoundException(id);
}

/// <summary>Says which spreadsheet an operation changed.</summary>
public sealed class SpreadsheetChangedEventArgs(string spreadsheetId) : EventArgs
{
    public string SpreadsheetId { get; } = spreadsheetId;
}

/// <summary>No spreadsheet has this id.</summary>
public sealed class SpreadsheetNotFoundException(string id) : Exception($"No spreadsheet has the id {id}.");
