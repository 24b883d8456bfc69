using System.Security.Cryptography;
using FormsFlow.Application.Links;

namespace FormsFlow.Server.Demo;

/// <summary>Where the demo keeps what it must not forget. All of it may be deleted at any time.</summary>
public sealed class DemoFolder
{
    public DemoFolder(string path)
    {
        Root = Path.GetFullPath(path);
        Directory.CreateDirectory(Mail);
        Directory.CreateDirectory(Sheets);
    }

    public string Root { get; }

    public string Mail => Path.Combine(Root, "mail");

    public string Sheets => Path.Combine(Root, "sheets");

    public string Store => Path.Combine(Root, "formsflow.db");

    public string Clock => Path.Combine(Root, "clock");

    public string Credentials => Path.Combine(Root, "service-account.json");

    /// <summary>The key that links are signed with; made at the first start.</summary>
    public LinkKey LinkKey()
    {
        var file = Path.Combine(Root, "link-key");
        if (!File.Exists(file)) File.WriteAllText(file, Convert.ToHexString(RandomNumberGenerator.GetBytes(LinkKeyLength)));
        return new LinkKey("demo", [.. Convert.FromHexString(File.ReadAllText(file).Trim())]);
    }

    public static void Reset(string path)
    {
        var root = Path.GetFullPath(path);
        if (!Directory.Exists(root)) return;
        // Only what is plainly the demo's is deleted, whatever path was typed.
        if (Directory.EnumerateFileSystemEntries(root).Any() && !File.Exists(Path.Combine(root, "link-key")))
            throw new InvalidOperationException($"{root} does not look like a demo's folder (it has no file link-key); it was left alone.");
        Directory.Delete(root, recursive: true);
    }

    const int LinkKeyLength = Application.Links.LinkKey.ShortestSecret;
}
