using System.ComponentModel.DataAnnotations;

namespace FormsFlow.Storage.Sqlite;

/// <summary>Where the store is.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>
    /// The file, on a local disk; relative to the current directory. It is created if it does not exist, its folder is not:
    /// a mistyped path must not start a second, empty store.
    /// </summary>
    [Required(ErrorMessage = "The store's Path is empty; it should name a file in a folder that exists, such as /var/lib/formsflow/formsflow.db.")]
    public string Path { get; set; } = "";

    /// <summary>How long a write waits for another process that writes to the same file. 5 s is a hundred times the longest batch seen.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "The store's BusyTimeout should be between 0.1 s and 10 min, such as 00:00:05.")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
