using System.Text;
using MimeKit;
using MimeKit.Encodings;
using MimeKit.Text;

namespace FormsFlow.Mail.Sending;

/// <summary>A mail as RFC 5322 and MIME want it: plain text and HTML in one, 7 bits, so that every server passes it on unchanged.</summary>
static class MimeMessages
{
    /// <summary>To be disposed when it was sent: only then is its memory used again.</summary>
    public static MimeMessage Create(RenderedMail mail)
    {
        var message = new MimeMessage
        {
            MessageId = mail.MessageId,
            InReplyTo = mail.ThreadId,
            Date = mail.Date,
            Subject = mail.Subject,
            Body = new WrittenOnce
            {
                Part(TextFormat.Plain, mail.Text),
                Part(TextFormat.Html, mail.Html),
            },
        };
        message.References.Add(mail.ThreadId);
        message.From.Add(Mailbox(mail.From));
        message.To.Add(Mailbox(mail.To));
        if (mail.ReplyTo is { } replyTo) message.ReplyTo.Add(Mailbox(replyTo));
        foreach (var (name, value) in AutomaticHeaders.All) message.Headers.Add(name, value);
        return message;
    }

    /// <summary>Encoded once, here: as 7 bits, whatever the server could take.</summary>
    static TextPart Part(TextFormat format, string text)
    {
        using var plain = new PooledBytes(Encoding.UTF8.GetMaxByteCount(text.Length));
        plain.SetLength(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"), plain.Buffer));
        var count = (int)plain.Length;
        // A byte beyond ASCII takes three characters in the one and four thirds in the other, everything else one.
        var encoding = Ascii(plain.Buffer.AsSpan(0, count)) < count - count / 6 ? ContentEncoding.Base64 : ContentEncoding.QuotedPrintable;
        IMimeEncoder encoder = encoding is ContentEncoding.Base64 ? new Base64Encoder() : new QuotedPrintableEncoder();
        var encoded = new PooledBytes(encoder.EstimateOutputLength(count));
        encoded.SetLength(encoder.Flush(plain.Buffer, 0, count, encoded.Buffer));
        return new TextPart(format)
        {
            ContentType = { Charset = "utf-8" },
            ContentTransferEncoding = encoding,
            // Gives its bytes back when the message is disposed.
            Content = new MimeContent(encoded, encoding),
        };
    }

    static int Ascii(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (text.IndexOfAnyExceptInRange((byte)0, (byte)0x7f) is var next and >= 0)
        {
            count += next;
            text = text[(next + 1)..];
        }

        return count + text.Length;
    }

    static MailboxAddress Mailbox(MailAddress address) => new(address.Name, address.Address);
}

/// <summary>What keeps other machines from answering ours.</summary>
static class AutomaticHeaders
{
    public static readonly (string Name, string Value)[] All = [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")];
}
