using System.Collections.Concurrent;
using System.Globalization;
using FormsFlow.Mail.Settings;

namespace FormsFlow.Mail.Sending;

/// <summary>
/// Writes each mail as an .eml file into a folder, for the demo's inbox and for trying things without a mail service. A file is there
/// whole or not at all. A repeat of the same mail takes the place of the first.
/// </summary>
sealed class PickupFolderTransport(PickupFolderOptions options) : IMailTransport
{
    readonly Lazy<ConcurrentDictionary<string, string>> names = new(() => Known(options.Path));

    public async Task SendAsync(RenderedMail mail, CancellationToken cancellationToken)
    {
        var name = names.Value.GetOrAdd(
            mail.Hash, hash => $"{mail.Date.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture)}-{hash}.eml");
        var path = Path.Combine(options.Path, name);
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, 16_384, FileOptions.Asynchronous))
            {
                using var message = MimeMessages.Create(mail);
                await message.WriteToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    static ConcurrentDictionary<string, string> Known(string folder)
    {
        Directory.CreateDirectory(folder);
        // Drafts of a process that was killed in the middle; one that another process writes at this moment is younger.
        foreach (var draft in Directory.EnumerateFiles(folder, "*.eml.*.tmp"))
            if (File.GetLastWriteTimeUtc(draft) < DateTime.UtcNow.AddHours(-1))
                File.Delete(draft);
        var known = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Directory.EnumerateFiles(folder, "*.eml").Select(path => Path.GetFileName(path)!))
            known[Path.GetFileNameWithoutExtension(name)[(name.LastIndexOf('-') + 1)..]] = name;
        return known;
    }
}
