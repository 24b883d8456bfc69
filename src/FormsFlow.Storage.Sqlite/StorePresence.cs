using Microsoft.Data.Sqlite;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// Shows other processes that this one has the store open, and finds out whether it is the only one: by SQLite's own locks on the file
/// itself. Each connection that has read once keeps a shared lock until it is closed; the operating system takes it back when a process
/// ends in whatever way, and it is the same lock whatever the path is called and whatever lies beside the file.
/// </summary>
sealed class StorePresence : IDisposable
{
    readonly Database shown;

    readonly FileInPlace[] files;

    StorePresence(Database shown, params FileInPlace[] files) => (this.shown, this.files) = (shown, files);

    /// <summary>False if the file that is open, or its log, was moved, deleted or replaced: what is written then is lost.</summary>
    public bool IsInPlace => Array.TrueForAll(files, file => file.IsThere);

    /// <summary>Does something while nobody else can have the store open; nothing if somebody has. Before anything is begun here.</summary>
    public static void WhenAlone(string path, Action<Database> act)
    {
        using var alone = Database.TryOpenAlone(path);
        try
        {
            if (alone is not null) act(alone);
        }
        catch (SqliteException full) when (full.SqliteErrorCode is SQLitePCL.raw.SQLITE_FULL)
        {
            // People can be shown where things stand all the same, and whoever writes says what is the matter.
        }
    }

    /// <summary>From now on, and until it is disposed, nobody else is alone.</summary>
    public static StorePresence Show(string path, Func<Database> connect)
    {
        var log = path + "-wal";
        var (before, logBefore) = (FileInPlace.Handles(path), FileInPlace.Handles(log));
        var connection = connect();
        try
        {
            connection.Scalar("PRAGMA user_version");
            return new StorePresence(connection, FileInPlace.OpenedSince(before, path), FileInPlace.OpenedSince(logBefore, log));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => shown.Dispose();
}
