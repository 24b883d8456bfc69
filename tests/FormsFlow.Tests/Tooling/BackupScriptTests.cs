using System.Diagnostics;
using FormsFlow.Tests.Domain;
using FormsFlow.Tests.Server;
using Microsoft.Data.Sqlite;

namespace FormsFlow.Tests.Tooling;

/// <summary>docs/self-hosted/backup.sh, as the timer runs it.</summary>
public sealed class BackupScriptTests
{
    [Fact]
    public async Task A_backup_of_a_store_in_use_holds_what_was_committed_and_nothing_else_is_left_behind()
    {
        Assert.SkipUnless(Paths.Any(path => File.Exists(Path.Combine(path, "sqlite3"))), "This machine has no sqlite3.");
        using var folder = new TemporaryFolder();
        var (store, backups) = (Path.Combine(folder.Path, "formsflow.db"), Path.Combine(folder.Path, "backups"));
        await using var inUse = await OpenAsync(store);
        await RunAsync(inUse, "PRAGMA journal_mode=WAL; CREATE TABLE proposals (id TEXT); INSERT INTO proposals VALUES ('FF-1')");
        Assert.NotEqual(0, new FileInfo($"{store}-wal").Length);

        Assert.Equal((0, ""), await BackUpAsync(store, backups));
        var made = Assert.Single(Directory.GetFiles(backups));

        await using var copy = await OpenAsync(made);
        Assert.Equal("FF-1", await RunAsync(copy, "SELECT id FROM proposals"));
        await RunAsync(inUse, "INSERT INTO proposals VALUES ('FF-2')");
    }

    [Fact]
    public async Task A_backup_of_what_is_no_store_fails_and_leaves_the_last_good_one()
    {
        Assert.SkipUnless(Paths.Any(path => File.Exists(Path.Combine(path, "sqlite3"))), "This machine has no sqlite3.");
        using var folder = new TemporaryFolder();
        var (store, backups) = (Path.Combine(folder.Path, "formsflow.db"), Path.Combine(folder.Path, "backups"));
        Directory.CreateDirectory(backups);
        await File.WriteAllTextAsync(store, "This is no database.");
        await File.WriteAllTextAsync(Path.Combine(backups, "formsflow-2026-11-01T023000.db"), "good");

        var (exitCode, errors) = await BackUpAsync(store, backups);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("not a database", errors, StringComparison.Ordinal);
        Assert.Equal(["formsflow-2026-11-01T023000.db"], Directory.GetFiles(backups, "formsflow-*").Select(Path.GetFileName));
    }

    static string[] Paths => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);

    static async Task<(int ExitCode, string Errors)> BackUpAsync(string store, string backups)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(Repository.Root, "docs", "self-hosted", "backup.sh"), store, backups]) { UseShellExecute = false, RedirectStandardError = true };
        using var script = Process.Start(start)!;
        var errors = await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (script.ExitCode, errors);
    }

    static async Task<SqliteConnection> OpenAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    static async Task<string?> RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string;
    }
}
