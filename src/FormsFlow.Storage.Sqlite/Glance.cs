using Microsoft.Data.Sqlite;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// Looks into a store that may be in use, damaged, or of an earlier release, and leaves everything as it is: the file, its log, and what is
/// not there.
/// </summary>
static class Glance
{
    /// <param name="path">A file that exists.</param>
    /// <exception cref="SqliteException">The file cannot be opened or read.</exception>
    public static T Into<T>(string path, Func<Database, T> look)
    {
        var (full, log) = (Path.GetFullPath(path), $"{Path.GetFullPath(path)}-wal");
        if (File.Exists(log)) return Look(full, look);
        try
        {
            // Nobody has it open who writes. An ordinary reader would make a log and leave it behind.
            return Look($"{new Uri(full).AbsoluteUri}?immutable=1", look);
        }
        catch (Exception e) when (e is SqliteException or SqliteStoreException && File.Exists(log))
        {
            // Somebody has opened it meanwhile: what was read may have been half old and half new.
            return Look(full, look);
        }
    }

    static T Look<T>(string source, Func<Database, T> look)
    {
        using var database = Database.Open(source, SqliteOpenMode.ReadOnly, TimeSpan.FromSeconds(1));
        return look(database);
    }
}
