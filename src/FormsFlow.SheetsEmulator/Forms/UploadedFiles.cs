using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Forms;

/// <summary>A file that came in with a response.</summary>
/// <param name="Name">As the respondent's browser called it, without a path.</param>
/// <param name="Size">In bytes.</param>
public sealed record UploadedFile(string Id, string Name, long Size, DateTimeOffset UploadedAt);

/// <summary>
/// What respondents upload, for Google's Drive: each file under an id of its own, never changed and never run. Beside it stands what is
/// known about it, in JSON.
/// </summary>
public sealed partial class UploadedFiles
{
    /// <summary>Google Forms offers 1 MB, 10 MB, 100 MB and more; 10 MB is what it suggests.</summary>
    public const long MostBytes = 10 << 20;

    private const int LongestName = 200;

    private readonly ConcurrentDictionary<string, byte[]> _memory = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, UploadedFile> _files = new(StringComparer.Ordinal);
    private readonly string? _directory;
    private readonly Uri _drive;
    private readonly TimeProvider _time;

    private UploadedFiles(string? directory, Uri drive, TimeProvider time) => (_directory, _drive, _time) = (directory, drive, time);

    /// <summary>Opens a directory; without one the files live in memory only.</summary>
    public static UploadedFiles Open(string? directory, Uri drive, TimeProvider time)
    {
        var files = new UploadedFiles(directory, drive, time);
        if (directory is null || !Directory.Exists(directory))
            return files;
        foreach (var path in Directory.EnumerateFiles(directory, "*.json"))
        {
            if (JsonSerializer.Deserialize<UploadedFile>(File.ReadAllText(path), ModelJson.Options) is { } file)
                files._files[file.Id] = file;
        }
        return files;
    }

    /// <summary>Keeps a file and returns what is known about it. What it is called may come from any browser: only its last part is taken.</summary>
    public async Task<UploadedFile> KeepAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        var file = new UploadedFile("1" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)), Tidy(name), bytes.Length, _time.GetUtcNow());
        if (_directory is null)
        {
            _memory[file.Id] = bytes.ToArray();
        }
        else
        {
            Directory.CreateDirectory(_directory);
            await File.WriteAllBytesAsync(Path.Combine(_directory, file.Id), bytes.ToArray(), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(_directory, file.Id + ".json"), JsonSerializer.Serialize(file, ModelJson.Options), cancellationToken);
        }
        _files[file.Id] = file;
        return file;
    }

    /// <returns>Null if there is no such file.</returns>
    public UploadedFile? Find(string id) => _files.GetValueOrDefault(id);

    public Stream Read(UploadedFile file) => _directory is null ? new MemoryStream(_memory[file.Id], writable: false) : File.OpenRead(Path.Combine(_directory, file.Id));

    /// <summary>What the sheet gets, as Google writes it.</summary>
    public string LinkTo(string id) => $"{_drive}open?id={id}";

    /// <summary>The ids in an answer that is made of such links.</summary>
    public static IEnumerable<string> IdsIn(string answer) => Link().Matches(answer).Select(match => match.Groups["id"].Value);

    private static string Tidy(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new string([.. last.Where(c => !char.IsControl(c))]).Trim();
        if (clean.Length > LongestName)
            clean = clean[..LongestName];
        return clean.Length > 0 ? clean : "file";
    }

    [GeneratedRegex(@"open\?id=(?<id>[\w-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
