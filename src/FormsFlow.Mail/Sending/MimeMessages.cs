using System.Buffers;
using System.Text;
using MimeKit;
using MimeKit.Encodings;
using MimeKit.Text;

namespace FormsFlow.Mail.Sending;

/// <summary>A mail as RFC 5322 and MIME want it: plain text and HTML in one, 7 bits, so that every server passes it on unchanged.</summary>
static class MimeMessages
{
    public static MimeMessage Create(RenderedMail mail)
    {
        var message = new MimeMessage
        {
            MessageId = mail.MessageId,
            InReplyTo = mail.ThreadId,
            Date = mail.Date,
            Subject = mail.Subject,
            Body = new MultipartAlternative
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

    /// <summary>Encoded once, here: a message is written out twice, first to tell the server its size.</summary>
    static TextPart Part(TextFormat format, string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var count = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"), bytes);
        var (encoding, encoded) = Encode(bytes, count);
        ArrayPool<byte>.Shared.Return(bytes);
        return new TextPart(format)
        {
            ContentType = { Charset = "utf-8" },
            ContentTransferEncoding = encoding,
            Content = new MimeContent(new MemoryStream(encoded, writable: false), encoding),
        };
    }

    static (ContentEncoding Encoding, byte[] Encoded) Encode(byte[] plain, int count)
    {
        // A byte beyond ASCII takes three characters in the one and four thirds in the other, everything else one.
        var encoding = Ascii(plain.AsSpan(0, count)) < count - count / 6 ? ContentEncoding.Base64 : ContentEncoding.QuotedPrintable;
        IMimeEncoder encoder = encoding is ContentEncoding.Base64 ? new Base64Encoder() : new QuotedPrintableEncoder();
        var room = ArrayPool<byte>.Shared.Rent(encoder.EstimateOutputLength(count));
        var encoded = room.AsSpan(0, encoder.Flush(plain, 0, count, room)).ToArray();
        ArrayPool<byte>.Shared.Return(room);
        return (encoding, encoded);
    }

    static int Ascii(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
            if (b <= 0x7f)
                count++;
        return count;
    }

    static MailboxAddress Mailbox(MailAddress address) => new(address.Name, address.Address);
}

/// <summary>What keeps other machines from answering ours.</summary>
static class AutomaticHeaders
{
    public static readonly (string Name, string Value)[] All = [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")];
}
