using FormsFlow.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Tests.Tooling;

/// <summary>docs/self-hosted/backup.sh, as the timer runs it.</summary>
public sealed class BackupScriptTests : IDisposable
{
    readonly StoreScript _script = new("backup.sh");

    string Backups => Path.Combine(_script.Folder, "backups");

    [Fact]
    public async Task A_backup_of_a_store_in_use_holds_what_was_committed_and_nothing_else_is_left_behind()
    {
        await using var inUse = await _script.MakeStoreAsync("FF-1");
        Assert.NotEqual(0, new FileInfo($"{_script.Store}-wal").Length);

        Assert.Equal((0, ""), await BackUpAsync());

        Assert.Equal("FF-1", await StoreScript.ReadAsync(Assert.Single(Made)));
        await StoreScript.RunAsync(inUse, "INSERT INTO proposals VALUES ('FF-2')");
    }

    [Fact]
    public async Task A_store_is_backed_up_when_nobody_has_it_open_and_also_after_its_process_was_killed()
    {
        await using (await _script.MakeStoreAsync("FF-1")) await _script.LeaveAsAfterAKillAsync("killed.db");
        Assert.False(File.Exists($"{_script.Store}-wal"));
        Assert.NotEqual(0, new FileInfo(Path.Combine(_script.Folder, "killed.db-wal")).Length);

        Assert.Equal((0, ""), await BackUpAsync());
        Assert.Equal("FF-1", await StoreScript.ReadAsync(Assert.Single(Made)));
        File.Delete(Assert.Single(Made));

        Assert.Equal((0, ""), await BackUpAsync("killed.db"));
        Assert.Equal("FF-1", await StoreScript.ReadAsync(Assert.Single(Made)));
    }

    [Fact]
    public async Task What_FormsFlow_itself_makes_is_taken_for_a_store()
    {
        await using var store = SqliteProposalStore.Open(new SqliteStoreOptions { Path = _script.Store }, NullLogger.Instance);
        await store.WriteNoteAsync("installation", "FF", TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), await BackUpAsync());
        Assert.Equal("FF", SqliteProposalStore.PeekNote(Assert.Single(Made), "installation"));
    }

    [Theory]
    [InlineData("missing", "there is no store")]
    [InlineData("a folder", "is no file")]
    [InlineData("empty", "is empty")]
    [InlineData("a text", "not a database")]
    [InlineData("another program's", "is no store of FormsFlow")]
    [InlineData("without its tables", "no table of proposals")]
    [InlineData("damaged", "is not sound")]
    public async Task What_is_no_whole_store_is_named_and_leaves_the_folder_and_the_good_backups_in_it_as_they_were(string what, string said)
    {
        var old = await OldBackupsAsync(9);
        var store = Path.Combine(_script.Folder, "other.db");
        if (what is "a folder") Directory.CreateDirectory(store);
        if (what is "empty") await File.WriteAllTextAsync(store, "", TestContext.Current.CancellationToken);
        if (what is "a text") await File.WriteAllTextAsync(store, "This is no database.", TestContext.Current.CancellationToken);
        if (what is "another program's") await StoreScript.MakeAsync(store, "CREATE TABLE proposals (id TEXT)");
        if (what is "without its tables") await StoreScript.MakeAsync(store, $"PRAGMA application_id = {StoreScript.ApplicationId}; CREATE TABLE others (id TEXT)");
        if (what is "damaged")
        {
            await StoreScript.MakeAsync(store, $"PRAGMA application_id = {StoreScript.ApplicationId}; CREATE TABLE proposals (id TEXT); INSERT INTO proposals VALUES (NULL)");
            await StoreScript.MakeAsync(store, StoreScript.Damage);
        }

        var (exitCode, errors) = await BackUpAsync("other.db");

        Assert.NotEqual(0, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Contains(store, errors, StringComparison.Ordinal);
        Assert.Equal(old, Made);
        Assert.Equal(what is not "missing" and not "a folder", File.Exists(store));
        if (what is "empty") Assert.Equal(0, new FileInfo(store).Length);
    }

    [Fact]
    public async Task Two_backups_of_one_second_are_two_files()
    {
        await using var inUse = await _script.MakeStoreAsync("FF-1");
        _script.With("date", "echo 2026-11-29T023000");

        Assert.Equal((0, ""), await BackUpAsync());
        await StoreScript.RunAsync(inUse, "UPDATE proposals SET id = 'FF-2'");
        Assert.Equal((0, ""), await BackUpAsync());

        Assert.Equal(["formsflow-2026-11-29T023000-2.db", "formsflow-2026-11-29T023000.db"], Made.Select(Path.GetFileName));
        Assert.Equal(["FF-2", "FF-1"], [await StoreScript.ReadAsync(Made[0]), await StoreScript.ReadAsync(Made[1])]);
    }

    /// <summary>A server that was away for a month comes back to backups that are all old.</summary>
    [Fact]
    public async Task Old_backups_are_deleted_when_there_is_a_new_one_except_the_newest_good_ones_and_what_has_another_name()
    {
        var old = await OldBackupsAsync(9);
        var empty = Path.Combine(Backups, "formsflow-2026-01-20T023000.db");
        var kept = Path.Combine(Backups, "formsflow-before-the-upgrade.db");
        await File.WriteAllTextAsync(empty, "", TestContext.Current.CancellationToken);
        File.Copy(old[0], kept);
        foreach (var file in (string[])[empty, kept]) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-40));
        await using var inUse = await _script.MakeStoreAsync("FF-1");

        Assert.Equal((0, ""), await BackUpAsync());

        // With the new one they are seven.
        var made = Assert.Single(Made.Except([.. old, empty, kept]));
        Assert.Equal([.. old[3..], empty, made, kept], Made);
    }

    public void Dispose() => _script.Dispose();

    /// <summary>Everything in the folder, also what is hidden.</summary>
    string[] Made => Directory.Exists(Backups) ? [.. Directory.GetFileSystemEntries(Backups).Order(StringComparer.Ordinal)] : [];

    /// <summary>Good ones of January 2026, last written 40 days ago; the oldest first.</summary>
    async Task<string[]> OldBackupsAsync(int count)
    {
        Directory.CreateDirectory(Backups);
        for (var day = 1; day <= count; day++)
        {
            var file = Path.Combine(Backups, $"formsflow-2026-01-{day:00}T023000.db");
            await StoreScript.MakeAsync(file, $"PRAGMA application_id = {StoreScript.ApplicationId}; CREATE TABLE proposals (id TEXT)");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-40));
        }

        return Made;
    }

    Task<(int ExitCode, string Errors)> BackUpAsync(string store = "formsflow.db") => _script.RunAsync(Path.Combine(_script.Folder, store), Backups);
}
