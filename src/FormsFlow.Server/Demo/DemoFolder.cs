using System.Security.Cryptography;
using FormsFlow.Application.Links;
using FormsFlow.SheetsEmulator.Hosting;

namespace FormsFlow.Server.Demo;

/// <summary>Where the demo keeps what it must not forget. All of it may be deleted while no demo runs.</summary>
/// <param name="path">Nothing is made there before <see cref="Take"/>.</param>
public sealed class DemoFolder(string path)
{
    const string LinkKeyFile = "link-key";
    const string StoreFile = "formsflow.db";

    /// <summary>All that a demo puts there.</summary>
    static readonly string[] Own =
    [
        "mail", "sheets", StoreFile, $"{StoreFile}-wal", $"{StoreFile}-shm", $"{StoreFile}-open", "clock", "service-account.json", LinkKeyFile, FolderLock.AddressFileName, FolderLock.FileName,
    ];

    public string Root { get; } = Path.GetFullPath(path);

    public string Mail => Path.Combine(Root, "mail");

    public string Sheets => Path.Combine(Root, "sheets");

    public string Store => Path.Combine(Root, StoreFile);

    public string Clock => Path.Combine(Root, "clock");

    public string Credentials => Path.Combine(Root, "service-account.json");

    /// <summary>Where the demo that used the folder last was reached: the links in its mails lead there. Null for a new folder.</summary>
    public Uri? EarlierAddress => FolderLock.AddressOf(Root);

    /// <summary>Takes the folder into this process's hands.</summary>
    /// <exception cref="FolderInUseException">A demo runs there.</exception>
    public FolderLock Take()
    {
        var folderLock = FolderLock.Take(Root);
        Directory.CreateDirectory(Mail);
        Directory.CreateDirectory(Sheets);
        return folderLock;
    }

    /// <exception cref="FolderInUseException">A demo runs there.</exception>
    public void RequireFree() => FolderLock.RequireFree(Root);

    /// <summary>The key that links are signed with; made at the first start.</summary>
    public LinkKey LinkKey()
    {
        var file = Path.Combine(Root, LinkKeyFile);
        if (!File.Exists(file)) File.WriteAllText(file, Convert.ToHexString(RandomNumberGenerator.GetBytes(LinkKeyLength)));
        return new LinkKey("demo", [.. Convert.FromHexString(File.ReadAllText(file).Trim())]);
    }

    /// <summary>Deletes what a demo has put there, and nothing else.</summary>
    /// <exception cref="FolderInUseException">A demo runs there.</exception>
    /// <exception cref="InvalidOperationException">It is not a demo's folder.</exception>
    public static void Reset(string path)
    {
        var root = Path.GetFullPath(path);
        if (!Directory.Exists(root)) return;
        var names = Directory.EnumerateFileSystemEntries(root).Select(entry => Path.GetFileName(entry)!).ToList();
        // Also what a start that failed has left behind is a demo's; a folder of somebody's mail is not.
        if (!names.Contains(LinkKeyFile) && names.Except(Own).Any())
            throw new InvalidOperationException($"{root} does not look like a demo's folder (it has no file {LinkKeyFile}, and holds other things); it was left alone.");

        using var folderLock = FolderLock.Take(root);
        foreach (var name in names.Intersect(Own).Except([FolderLock.FileName]))
        {
            var entry = Path.Combine(root, name);
            if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
            else File.Delete(entry);
        }
    }

    const int LinkKeyLength = Application.Links.LinkKey.ShortestSecret;
}
