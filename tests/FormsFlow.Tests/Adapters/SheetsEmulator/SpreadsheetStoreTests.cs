using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Storage;
using FormsFlow.SheetsEmulator.Viewing;

namespace FormsFlow.Tests.Adapters.SheetsEmulator;

public sealed class SpreadsheetStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("formsflow-sheets-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_was_acknowledged_is_there_after_a_crash_and_a_torn_last_line_is_not()
    {
        var crashed = Open();
        var id = crashed.Create(new("Responses"));
        new SheetEditing(crashed).EditCell(id, 0, 0, 0, "kept");
        new SheetEditing(crashed).EditCell(id, 0, 1, 0, "=1+1");
        new SheetEditing(crashed).EditCell(id, 0, 2, 0, "1/2/2026");
        // No Dispose: the process is gone, in the middle of writing the next line.
        var copy = Directory.CreateDirectory(Path.Combine(_directory, "after")).FullName;
        foreach (var file in Directory.GetFiles(_directory))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var journal = Assert.Single(Directory.GetFiles(copy, "*.journal"));
        File.AppendAllText(journal, """[{"do":"cells","sheet":0,"row":3,"colu""");

        using var reopened = SpreadsheetStore.Open(copy, TimeProvider.System);

        reopened.Read(id, s =>
        {
            Assert.Equal("kept", s.Sheets[0][0, 0]!.Value);
            Assert.Equal("=1+1", s.Sheets[0][1, 0]!.Formula);
            Assert.Equal("1/2/2026", DisplayText.Of(s.Sheets[0][2, 0], "en_US"));
            Assert.Null(s.Sheets[0][3, 0]);
            return 0;
        });
        new SheetEditing(reopened).EditCell(id, 0, 3, 0, "and on it goes");
    }

    [Fact]
    public void Stopping_folds_the_journal_into_a_snapshot_that_says_the_same()
    {
        string id;
        using (var store = Open())
        {
            id = store.Create(new("Responses"));
            var editing = new SheetEditing(store);
            editing.EditCell(id, 0, 0, 0, "b");
            editing.EditCell(id, 0, 1, 1, "2");
            editing.EditCell(id, 0, 2, 1, "1");
            editing.Sort(id, 0, 1, descending: false);
            editing.InsertColumns(id, 0, 0);
            editing.RenameTab(id, 0, "Tab");
        }
        Assert.Equal(0, new FileInfo(Assert.Single(Directory.GetFiles(_directory, "*.journal"))).Length);

        using var reopened = Open();

        Assert.Equal([null, 1d, 2d], reopened.Read(id, s => Enumerable.Range(0, 3).Select(r => s.FindSheet("TAB")![r, 2]?.Value).ToArray()));
        Assert.Equal(27, reopened.Read(id, s => s.Sheets[0].Layout.ColumnCount));
    }

    [Fact]
    public void A_journal_that_has_grown_long_is_folded_into_a_snapshot_while_it_runs()
    {
        var store = Open();
        var id = store.Create(new("Responses"));
        var editing = new SheetEditing(store);
        var text = new string('x', 40_000);
        long longest = 0;
        var written = 0L;
        for (var i = 0; i < 600; i++)
        {
            editing.EditCell(id, 0, i % 10, 0, $"{i} {text}");
            written += text.Length;
            longest = Math.Max(longest, Directory.GetFiles(_directory, "*.journal").Max(file => new FileInfo(file).Length));
        }
        Assert.True(written > 20_000_000);
        Assert.InRange(longest, 1_000_000, 9_000_000);
        Assert.Single(Directory.GetFiles(_directory, "*.journal"));

        // The process is gone without a goodbye.
        var copy = Directory.CreateDirectory(Path.Combine(_directory, "after")).FullName;
        foreach (var file in Directory.GetFiles(_directory))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        using var reopened = SpreadsheetStore.Open(copy, TimeProvider.System);
        Assert.Equal(
            Enumerable.Range(590, 10).Select(i => $"{i} {text}"),
            reopened.Read(id, s => Enumerable.Range(0, 10).Select(row => s.Sheets[0][row, 0]!.Value as string).ToArray()));
    }

    [Fact]
    public void An_operation_that_fails_half_way_leaves_everything_as_it_was()
    {
        using var store = Open();
        var id = store.Create(new("Responses"));
        var editing = new SheetEditing(store);
        for (var row = 0; row < 5; row++)
            editing.EditCell(id, 0, row, 1, $"row {row}");
        var before = Picture(store, id);

        Assert.Throws<InvalidOperationException>(() => store.Write(id, t =>
        {
            t.Apply(new FormsFlow.SheetsEmulator.Model.Changes.DeleteRows(0, 1, 2));
            t.Apply(new FormsFlow.SheetsEmulator.Model.Changes.InsertColumns(0, 0, 3, InheritFromBefore: false));
            t.Apply(new FormsFlow.SheetsEmulator.Model.Changes.SortRows(0, new Area(0, 0, 4, 10), [new SortKey(4, Descending: true)]));
            t.Apply(new FormsFlow.SheetsEmulator.Model.Changes.MoveColumns(0, 4, 1, 0));
            t.Apply(new FormsFlow.SheetsEmulator.Model.Changes.MoveRows(0, 0, 1, 3));
            t.Apply(new FormsFlow.SheetsEmulator.Model.Changes.DeleteColumns(0, 0, 2));
            t.Apply(new FormsFlow.SheetsEmulator.Model.Changes.DeleteSheet(0));
            throw new InvalidOperationException();
        }));

        Assert.Equal(before, Picture(store, id));
    }

    private SpreadsheetStore Open() => SpreadsheetStore.Open(_directory, TimeProvider.System);

    private static string Picture(SpreadsheetStore store, string id) => store.Read(id, s => string.Join('\n', s.Sheets.SelectMany(sheet =>
        Enumerable.Range(0, 8).Select(r => $"{sheet.Layout.RowCount}x{sheet.Layout.ColumnCount} {r}: {string.Join('|', Enumerable.Range(0, 8).Select(c => sheet[r, c]?.Value))}"))));
}
