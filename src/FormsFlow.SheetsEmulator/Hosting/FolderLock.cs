namespace FormsFlow.SheetsEmulator.Hosting;

/// <summary>
/// A folder in the hands of one process: two on one folder would overwrite each other's files. The operating system lets go of it when the
/// process ends, however it ends.
/// </summary>
public sealed class FolderLock : IDisposable
{
    /// <summary>The file that is locked. It stays behind, and means nothing by itself.</summary>
    public const string FileName = "lock";

    /// <summary>Where the process that holds the folder, or held it last, was reached.</summary>
    public const string AddressFileName = "address";

    /// <summary>ERROR_SHARING_VIOLATION of Windows, EAGAIN of Linux, EWOULDBLOCK of macOS.</summary>
    private static readonly int[] Held = [unchecked((int)0x80070020), 11, 35];

    private readonly string _folder;
    private readonly FileStream _file;

    private FolderLock(string folder, FileStream file) => (_folder, _file) = (folder, file);

    /// <summary>Makes the folder if there is none.</summary>
    /// <exception cref="FolderInUseException">Another process holds it.</exception>
    public static FolderLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        return Open(folder, FileMode.OpenOrCreate);
    }

    /// <summary>Leaves no trace.</summary>
    /// <exception cref="FolderInUseException">Another process holds it.</exception>
    public static void RequireFree(string folder)
    {
        if (File.Exists(Path.Combine(folder, FileName)))
            Open(folder, FileMode.Open).Dispose();
    }

    /// <returns>Null if nobody has ever said.</returns>
    public static Uri? AddressOf(string folder)
    {
        var file = Path.Combine(folder, AddressFileName);
        return File.Exists(file) && Uri.TryCreate(File.ReadAllText(file).Trim(), UriKind.Absolute, out var address) ? address : null;
    }

    /// <summary>Says where the holder is reached, for whoever finds the folder taken.</summary>
    public void Announce(Uri address) => File.WriteAllText(Path.Combine(_folder, AddressFileName), address + "\n");

    public void Dispose() => _file.Dispose();

    private static FolderLock Open(string folder, FileMode mode)
    {
        try
        {
            return new FolderLock(folder, new FileStream(Path.Combine(folder, FileName), mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException e) when (Held.Contains(e.HResult))
        {
            throw new FolderInUseException(Path.GetFullPath(folder), AddressOf(folder), e);
        }
    }
}

/// <summary>Another process holds the folder.</summary>
/// <param name="folder">Its whole path.</param>
/// <param name="address">Where that process is reached, if it has said so.</param>
public sealed class FolderInUseException(string folder, Uri? address, Exception inner)
    : IOException($"{folder} is in use by another process{(address is null ? "" : $" ({address})")}.", inner)
{
    public string Folder { get; } = folder;

    public Uri? Address { get; } = address;
}
