namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// Shows other processes that this one has the store open, and finds out whether it is the only one: by a lock on an empty file beside the
/// store, which the operating system takes back when a process ends in whatever way. Not on the store itself, where SQLite's own locks are.
/// </summary>
sealed class StorePresence : IDisposable
{
    readonly FileStream? shared;

    StorePresence(FileStream? shared) => this.shared = shared;

    /// <param name="alone">Done before others may come, if nobody else has the store open.</param>
    public static StorePresence Announce(string store, Action alone)
    {
        var file = store + "-open";
        if (TryLock(file, FileShare.None) is { } exclusive)
            using (exclusive)
                alone();
        return new StorePresence(TryLock(file, FileShare.Read));
    }

    public void Dispose() => shared?.Dispose();

    /// <returns>Null if another process has it, or if there can be no such file: then nobody takes himself for the only one.</returns>
    static FileStream? TryLock(string file, FileShare share)
    {
        try
        {
            if (!File.Exists(file)) File.Create(file).Dispose();
            // Reading is enough for a lock: another user's process, such as an administrator's export, gets along with it.
            return new FileStream(file, FileMode.Open, FileAccess.Read, share);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
