using FormsFlow.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Tests.Tooling;

/// <summary>docs/self-hosted/restore.sh, as whoever restores runs it.</summary>
public sealed class RestoreScriptTests : IDisposable
{
    readonly StoreScript _script = new("restore.sh");

    string Store => _script.Store;

    string Backup => Path.Combine(_script.Folder, "backup.db");

    /// <summary>The second time, too, the log of the store that was there must not come beside the backup.</summary>
    [Fact]
    public async Task A_backup_replaces_the_store_of_a_killed_process_with_its_log_and_does_so_again()
    {
        await StoreScript.MakeAsync(Backup, $"PRAGMA application_id = {StoreScript.ApplicationId}; CREATE TABLE proposals (id TEXT); INSERT INTO proposals VALUES ('FF-1')");
        foreach (var (time, lost) in (IEnumerable<(string, string)>)[("2026-11-29T101500", "FF-2"), ("2026-11-29T101501", "FF-3")])
        {
            await LeaveKilledAsync(lost);
            _script.With("date", $"echo {time}");

            Assert.Equal((0, ""), await _script.RunAsync(Backup, Store));

            Assert.Equal([Store], Directory.GetFiles(_script.Folder, "formsflow.db*"));
            Assert.Equal("FF-1", await StoreScript.ReadAsync(Store));
            Assert.Equal(lost, await StoreScript.ReadAsync(Path.Combine($"{Store}.before-{time}", "formsflow.db")));
        }
    }

    /// <summary>A restore that is undone: what had been put aside after a crash has its latest in its log.</summary>
    [Fact]
    public async Task A_store_that_was_put_aside_comes_back_with_what_its_log_holds()
    {
        await LeaveKilledAsync("FF-2");
        var aside = Directory.CreateDirectory(Path.Combine(_script.Folder, "aside")).FullName;
        foreach (var end in (string[])["", "-wal", "-shm"]) File.Move(Store + end, Path.Combine(aside, "formsflow.db") + end);

        Assert.Equal((0, ""), await _script.RunAsync(Path.Combine(aside, "formsflow.db"), Store));

        Assert.Equal("FF-2", await StoreScript.ReadAsync(Store));
        Assert.Equal([Store], Directory.GetFiles(_script.Folder, "formsflow.db*"));
    }

    [Fact]
    public async Task Nothing_is_touched_while_FormsFlow_runs()
    {
        await StoreScript.MakeAsync(Backup, $"PRAGMA application_id = {StoreScript.ApplicationId}; CREATE TABLE proposals (id TEXT); INSERT INTO proposals VALUES ('FF-1')");
        await using (var store = await SqliteProposalStore.OpenAsync(new SqliteStoreOptions { Path = Store }, NullLogger.Instance, cancellationToken: TestContext.Current.CancellationToken))
        {
            // At rest: nothing is read or written at this moment.
            var (exitCode, errors) = await _script.RunAsync(Backup, Store);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("FormsFlow runs", errors, StringComparison.Ordinal);
            await store.WriteNoteAsync("still", "here", TestContext.Current.CancellationToken);
        }

        Assert.Equal((0, ""), await _script.RunAsync(Backup, Store));
        Assert.Equal("FF-1", await StoreScript.ReadAsync(Store));
    }

    [Theory]
    [InlineData("missing", "there is no backup")]
    [InlineData("empty", "or it is empty")]
    [InlineData("another program's", "is no store of FormsFlow")]
    [InlineData("damaged", "is not sound")]
    [InlineData("the folder for the old store is there", "is there already")]
    public async Task Whatever_is_wrong_is_said_before_the_store_is_touched(string what, string said)
    {
        _script.With("date", "echo 2026-11-29T101500");
        var id = what is "another program's" ? 1 : StoreScript.ApplicationId;
        if (what is "empty") await File.WriteAllTextAsync(Backup, "", TestContext.Current.CancellationToken);
        else if (what is not "missing") await StoreScript.MakeAsync(Backup, $"PRAGMA application_id = {id}; CREATE TABLE proposals (id TEXT); INSERT INTO proposals VALUES (NULL)");
        if (what is "damaged") await StoreScript.MakeAsync(Backup, StoreScript.Damage);
        if (what is "the folder for the old store is there") Directory.CreateDirectory($"{Store}.before-2026-11-29T101500");
        await LeaveKilledAsync("FF-2");
        var before = Directory.GetFiles(_script.Folder, "formsflow.db*").Order(StringComparer.Ordinal);

        var (exitCode, errors) = await _script.RunAsync(Backup, Store);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(_script.Folder, "formsflow.db*").Order(StringComparer.Ordinal));
        Assert.Equal("FF-2", await StoreScript.ReadAsync(Store));
    }

    public void Dispose() => _script.Dispose();

    async Task LeaveKilledAsync(string proposal)
    {
        foreach (var old in Directory.GetFiles(_script.Folder, "formsflow.db*")) File.Delete(old);
        await using (await _script.MakeStoreAsync(proposal)) await _script.LeaveAsAfterAKillAsync("killed.db");
        foreach (var end in (string[])["", "-wal", "-shm"]) File.Move(Path.Combine(_script.Folder, $"killed.db{end}"), Store + end, overwrite: true);
        Assert.NotEqual(0, new FileInfo($"{Store}-wal").Length);
    }
}
