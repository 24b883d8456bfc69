namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// Whether a file that is open still is the one at its path. Linux lets it be deleted and replaced under whoever has it open, and whatever
/// is written then is lost when it is closed; other systems do not, or do not say.
/// </summary>
sealed class FileInPlace
{
    const string OpenFiles = "/proc/self/fd";

    readonly string? handle;
    readonly string? target;

    FileInPlace(string? handle, string? target) => (this.handle, this.target) = (handle, target);

    /// <summary>False if it was moved, deleted or replaced. Asks the operating system's memory, not the disk.</summary>
    public bool IsThere => handle is null || LinkOf(handle) == target;

    /// <summary>This process's handles of the file.</summary>
    public static IReadOnlySet<string> Handles(string path)
    {
        if (!Directory.Exists(OpenFiles)) return new HashSet<string>();
        var name = RealPath(path);
        return Directory.EnumerateFileSystemEntries(OpenFiles).Where(handle => LinkOf(handle) == name).ToHashSet(StringComparer.Ordinal);
    }

    /// <param name="before">The handles that there were before it was opened.</param>
    public static FileInPlace OpenedSince(IReadOnlySet<string> before, string path) =>
        Handles(path).Except(before).FirstOrDefault() is { } handle ? new FileInPlace(handle, LinkOf(handle)) : new FileInPlace(null, null);

    /// <summary>Without links, also among its folders: systemd's state folder is one.</summary>
    static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } folder) return full;
        var here = Path.Combine(RealPath(folder), Path.GetFileName(full));
        FileSystemInfo entry = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : here;
    }

    /// <returns>Null if there is no such handle, or not any more.</returns>
    static string? LinkOf(string handle)
    {
        try
        {
            return new FileInfo(handle).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
