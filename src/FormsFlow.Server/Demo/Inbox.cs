using MimeKit;

namespace FormsFlow.Server.Demo;

/// <summary>Every mail that the demo has sent, newest first.</summary>
public sealed class Inbox(DemoFolder folder)
{
    readonly Lock _lock = new();
    readonly Dictionary<string, InboxMail> _read = new(StringComparer.Ordinal);

    public IReadOnlyList<InboxMail> List()
    {
        lock (_lock)
        {
            var files = Directory.EnumerateFiles(folder.Mail, "*.eml").Select(path => Path.GetFileNameWithoutExtension(path)!).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in _read.Keys.Except(files).ToList()) _read.Remove(gone);
            foreach (var added in files.Except(_read.Keys).ToList()) _read[added] = Read(added);
            return [.. _read.Values.OrderByDescending(mail => mail.Key, StringComparer.Ordinal)];
        }
    }

    /// <returns>Null if there is no such mail.</returns>
    public InboxMail? Find(string key) => List().FirstOrDefault(mail => mail.Key == key);

    public string Source(InboxMail mail) => File.ReadAllText(Path.Combine(folder.Mail, $"{mail.Key}.eml"));

    InboxMail Read(string key)
    {
        using var message = MimeMessage.Load(Path.Combine(folder.Mail, $"{key}.eml"));
        return new InboxMail(
            key,
            message.From.Mailboxes.FirstOrDefault()?.Name ?? "",
            message.To.Mailboxes.FirstOrDefault()?.Name ?? "",
            message.To.Mailboxes.FirstOrDefault()?.Address ?? "",
            message.Subject ?? "",
            message.Date,
            message.InReplyTo ?? "",
            message.TextBody ?? "",
            message.HtmlBody ?? "");
    }
}

/// <param name="Key">The file's name without its ending: begins with the time, so that it sorts.</param>
/// <param name="Thread">The same for all mails about one proposal, and for no other mail.</param>
public sealed record InboxMail(string Key, string From, string ToName, string ToAddress, string Subject, DateTimeOffset Date, string Thread, string Text, string Html);
