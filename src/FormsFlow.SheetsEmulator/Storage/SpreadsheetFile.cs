using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Storage;

/// <summary>
/// One spreadsheet on disk: <c>ID.snapshot</c>, and <c>ID.N.journal</c> with what happened since snapshot N. A new snapshot names a new
/// journal, so that a crash between the two steps never replays an operation twice.
/// </summary>
internal sealed class SpreadsheetFile : IDisposable
{
    /// <summary>
    /// A journal of this many bytes, and of at least as many as the snapshot has, is folded into a new one: it never grows for ever, and
    /// writing snapshots never costs more than writing journals did.
    /// </summary>
    private const long LongestJournal = 8 << 20;

    private readonly string _directory;
    private long _snapshotLength;
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

    /// <summary>What was appended is kept, also if the folding that it led to fails: that is tried again with the next one.</summary>
    public void Append(Transaction transaction)
    {
        _journal.Append(transaction.Changes);
        if (_journal.Length < Math.Max(LongestJournal, _snapshotLength))
            return;
        try
        {
            Compact();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full, say. The journal has everything.
        }
    }

    /// <summary>Folds the journal into a new snapshot.</summary>
    public void Compact()
    {
        if (!_journal.IsEmpty)
            StartNewGeneration();
        foreach (var old in Directory.EnumerateFiles(_directory, $"{Spreadsheet.Id}.*.journal"))
        {
            if (!string.Equals(old, JournalPath(_directory, Spreadsheet.Id, _generation), StringComparison.Ordinal))
                File.Delete(old);
        }
    }

    /// <summary>Until the new snapshot is in its place, the old one and its journal hold; from then on, the new ones do.</summary>
    private void StartNewGeneration()
    {
        var path = JournalPath(_directory, Spreadsheet.Id, _generation + 1);
        File.Delete(path);
        var next = Journal.Open(path, _ => { });
        try
        {
            Snapshot.Write(SnapshotPath(_directory, Spreadsheet.Id), Spreadsheet, _generation + 1);
        }
        catch
        {
            next.Dispose();
            throw;
        }
        _journal.Dispose();
        (_journal, _generation) = (next, _generation + 1);
        _snapshotLength = new FileInfo(SnapshotPath(_directory, Spreadsheet.Id)).Length;
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
