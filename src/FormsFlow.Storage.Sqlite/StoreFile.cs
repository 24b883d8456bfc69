namespace FormsFlow.Storage.Sqlite;

/// <summary>The file before SQLite sees it.</summary>
static class StoreFile
{
    /// <returns>The full path of a file that exists.</returns>
    /// <exception cref="SqliteStoreException">There cannot be a store at this path.</exception>
    public static string Prepare(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new SqliteStoreException("The store's Path is empty; it should name a file in a folder that exists, such as /var/lib/formsflow/formsflow.db.");

        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new SqliteStoreException($"The store's Path '{full}' is a folder; it should name a file, such as '{Path.Combine(full, "formsflow.db")}'.");
        var folder = Path.GetDirectoryName(full);
        if (!Directory.Exists(folder))
            throw new SqliteStoreException($"The folder '{folder}' of the store '{full}' does not exist. Create it, or correct the store's Path.");
        if (File.Exists(full)) return full;

        try
        {
            // It holds people's answers and addresses: nobody else on the machine reads it. SQLite gives its log the same rights.
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var created = new FileStream(full, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SqliteStoreException(
                $"The store '{full}' cannot be created: {exception.Message} This process needs to write in the folder '{folder}'.", exception);
        }

        return full;
    }
}
