using System.Diagnostics;
using FormsFlow.Tests.Domain;
using FormsFlow.Tests.Server;
using Microsoft.Data.Sqlite;

namespace FormsFlow.Tests.Tooling;

/// <summary>A script of docs/self-hosted that handles stores, in a folder of its own with a small store to handle.</summary>
sealed class StoreScript : IDisposable
{
    /// <summary>What FormsFlow's stores have ("FFlo").</summary>
    public const int ApplicationId = 0x46466C6F;

    /// <summary>Makes a store with a proposal without an id unsound: its table says that there is none. It is found by looking, and not by copying.</summary>
    public const string Damage = "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE proposals (id TEXT NOT NULL)'";

    static readonly string[] Paths = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);

    readonly TemporaryFolder _folder = new();
    readonly string _script;

    /// <summary>Skips the test where the scripts cannot run.</summary>
    public StoreScript(string name)
    {
        _script = Path.Combine(Repository.Root, "docs", "self-hosted", name);
        if (OperatingSystem.IsLinux() && Paths.Any(path => File.Exists(Path.Combine(path, "sqlite3")))) return;
        _folder.Dispose();
        Assert.Skip("This machine is no Linux, or has no sqlite3.");
    }

    public string Folder => _folder.Path;

    public string Store => Path.Combine(Folder, "formsflow.db");

    /// <summary>A program that the script finds before the machine's own.</summary>
    public void With(string program, string script)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "programs")).FullName, program);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public async Task<(int ExitCode, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", [_script, .. arguments]) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = string.Join(Path.PathSeparator, [Path.Combine(Folder, "programs"), .. Paths]);
        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (script.ExitCode, errors);
    }

    /// <summary>With a write-ahead log, as FormsFlow's are.</summary>
    /// <returns>A connection that has it open: the proposal is in the log alone for as long.</returns>
    public async Task<SqliteConnection> MakeStoreAsync(string proposal)
    {
        var connection = await OpenAsync(Store);
        await RunAsync(connection, $"PRAGMA journal_mode=WAL; PRAGMA application_id = {ApplicationId}; CREATE TABLE proposals (id TEXT); INSERT INTO proposals VALUES ('{proposal}')");
        return connection;
    }

    /// <summary>What a process that was killed leaves of the store, while it is open: the file and its log, and the log's index.</summary>
    public async Task LeaveAsAfterAKillAsync(string name)
    {
        foreach (var end in (string[])["", "-wal", "-shm"])
        {
            await using var from = new FileStream(Store + end, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var to = File.Create(Path.Combine(Folder, name + end));
            await from.CopyToAsync(to, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A file of its own, closed again.</summary>
    public static async Task MakeAsync(string path, string sql)
    {
        await using var connection = await OpenAsync(path);
        await RunAsync(connection, sql);
    }

    /// <summary>The first proposal of a store, which must be sound.</summary>
    public static async Task<string?> ReadAsync(string path)
    {
        await using var connection = await OpenAsync(path);
        Assert.Equal("ok", await RunAsync(connection, "PRAGMA integrity_check"));
        return await RunAsync(connection, "SELECT id FROM proposals");
    }

    public static async Task<string?> RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string;
    }

    public void Dispose() => _folder.Dispose();

    static async Task<SqliteConnection> OpenAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
