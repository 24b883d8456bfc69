using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Storage;

/// <summary>
/// One spreadsheet on disk: <c>ID.snapshot</c>, and <c>ID.N.journal</c> with what happened since snapshot N. A new snapshot names a new
/// journal, so that a crash between the two steps never replays an operation twice.
/// </summary>
internal sealed class SpreadsheetFile : IDisposable
{
    private readonly string _directory;
    private int _generation;
    private Journal _journal;

    private SpreadsheetFile(string directory, Spreadsheet spreadsheet, int generation, Journal journal) =>
        (_directory, Spreadsheet, _generation, _journal) = (directory, spreadsheet, generation, journal);

    public Spreadsheet Spreadsheet { get; }

    public static SpreadsheetFile Create(string directory, Spreadsheet spreadsheet)
    {
        Snapshot.Write(SnapshotPath(directory, spreadsheet.Id), spreadsheet, generation: 0);
        return new(directory, spreadsheet, 0, Journal.Open(JournalPath(directory, spreadsheet.Id, 0), _ => { }));
    }

    public static IEnumerable<SpreadsheetFile> OpenAll(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory, "*.snapshot").Order(StringComparer.Ordinal))
        {
            var (spreadsheet, generation) = Snapshot.Read(path);
            var journal = Journal.Open(JournalPath(directory, spreadsheet.Id, generation), changes =>
            {
                foreach (var change in changes)
                    change.Apply(spreadsheet);
            });
            var file = new SpreadsheetFile(directory, spreadsheet, generation, journal);
            file.Compact();
            yield return file;
        }
    }

    public void Append(Transaction transaction) => _journal.Append(transaction.Changes);

    /// <summary>Folds the journal into a new snapshot.</summary>
    public void Compact()
    {
        if (!_journal.IsEmpty)
        {
            Snapshot.Write(SnapshotPath(_directory, Spreadsheet.Id), Spreadsheet, _generation + 1);
            _journal.Dispose();
            _generation++;
            _journal = Journal.Open(JournalPath(_directory, Spreadsheet.Id, _generation), _ => { });
        }
        foreach (var old in Directory.EnumerateFiles(_directory, $"{Spreadsheet.Id}.*.journal"))
        {
            if (!string.Equals(old, JournalPath(_directory, Spreadsheet.Id, _generation), StringComparison.Ordinal))
                File.Delete(old);
        }
    }

    public void Delete()
    {
        _journal.Dispose();
        File.Delete(SnapshotPath(_directory, Spreadsheet.Id));
        File.Delete(JournalPath(_directory, Spreadsheet.Id, _generation));
    }

    public void Dispose() => _journal.Dispose();

    private static string SnapshotPath(string directory, string id) => Path.Combine(directory, id + ".snapshot");

    private static string JournalPath(string directory, string id, int generation) => Path.Combine(directory, $"{id}.{generation}.journal");
}
