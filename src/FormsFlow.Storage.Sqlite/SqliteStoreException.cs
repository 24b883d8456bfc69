using FormsFlow.Application.Ports;
using Microsoft.Data.Sqlite;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// The store's file cannot be used: what is wrong, where, and what would be right. What was asked for has not happened;
/// it may be asked for again once the cause is gone.
/// </summary>
public sealed class SqliteStoreException(string message, Exception? inner = null)
    : StoreUnavailableException(message, inner is SqliteException sqlite && PassesByItself(sqlite.SqliteErrorCode), inner)
{
    /// <summary>
    /// What had no room, or could not be begun, is nowhere. After any other fault of the disk a later start may find the end of a transaction
    /// in the log that its writer was told had failed.
    /// </summary>
    public override bool KeptNothing => InnerException is null || InnerException is SqliteException { SqliteErrorCode: var code, SqliteExtendedErrorCode: var extended } && (extended is SQLitePCL.raw.SQLITE_IOERR_WRITE || code is
        SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED);

    /// <summary>Somebody has to make room, or look at the disk; who holds the file lets it go.</summary>
    static bool PassesByItself(int code) => code is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_NOMEM;

    /// <summary>Whether the file is not as a store was written: only another file helps.</summary>
    public bool IsDamage { get; private init; } = inner is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB };

    /// <param name="found">The first thing that is wrong, in SQLite's words.</param>
    internal static SqliteStoreException Damaged(string path, string found) =>
        new($"The store '{path}' cannot be used: {Explain(SQLitePCL.raw.SQLITE_CORRUPT, path)} (SQLite: {found.ReplaceLineEndings(" ").Replace("***", "", StringComparison.Ordinal).Trim()})") { IsDamage = true };

    internal static SqliteStoreException From(SqliteException exception, string path) =>
        new($"The store '{path}' cannot be used: {Explain(exception.SqliteErrorCode, path)} (SQLite error {exception.SqliteExtendedErrorCode}: {exception.Message})", exception);

    /// <summary>Found before it was committed, so that nothing of it was kept.</summary>
    internal static SqliteStoreException Moved(string path) => new(
        $"The store '{path}', or its log beside it (-wal), was moved, deleted or replaced while FormsFlow has it open: what would be written now would be lost. Move the very same file back, and it goes on; or stop FormsFlow, restore a backup with no -wal and -shm file of before beside it, and start it again.");

    /// <summary>
    /// Whether it is the file or the disk that failed rather than the one operation. SQLite may have given up the whole transaction then.
    /// </summary>
    internal static bool IsStoreFault(Exception exception) =>
        exception is SqliteException sqlite && sqlite.SqliteErrorCode is not
            (SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_TOOBIG
            or SQLitePCL.raw.SQLITE_MISMATCH or SQLitePCL.raw.SQLITE_RANGE or SQLitePCL.raw.SQLITE_MISUSE);

    /// <summary>Whether the connection itself may be spoilt: a disk that went away and came back needs the file opened anew.</summary>
    internal static bool SpoilsConnection(Exception exception) =>
        IsStoreFault(exception) && ((SqliteException)exception).SqliteErrorCode is not
            (SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED);

    static string Explain(int code, string path) => code switch
    {
        SQLitePCL.raw.SQLITE_FULL => "the disk is full. Free some space; it goes on by itself then.",
        SQLitePCL.raw.SQLITE_IOERR => "reading or writing failed. Check the disk and its file system; it must be a local one.",
        SQLitePCL.raw.SQLITE_CANTOPEN =>
            $"it could not be opened. This process needs to read and write both the file and its folder '{System.IO.Path.GetDirectoryName(path)}'.",
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_AUTH =>
            "it is read-only for this process. Give its user the right to write the file and its folder.",
        SQLitePCL.raw.SQLITE_CORRUPT => "it is damaged. Keep the file as it is and restore a backup beside it.",
        SQLitePCL.raw.SQLITE_NOTADB => "it is not a FormsFlow store. Name another file, or restore a backup.",
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => "another process keeps it locked. Stop what holds it, such as a copy or a database tool.",
        SQLitePCL.raw.SQLITE_NOMEM => "there is no memory left.",
        _ => "SQLite reports a fault.",
    };
}
