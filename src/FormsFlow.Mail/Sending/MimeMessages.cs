using MimeKit;
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
                new TextPart(TextFormat.Plain) { Text = mail.Text },
                new TextPart(TextFormat.Html) { Text = mail.Html },
            },
        };
        message.References.Add(mail.ThreadId);
        message.From.Add(Mailbox(mail.From));
        message.To.Add(Mailbox(mail.To));
        if (mail.ReplyTo is { } replyTo) message.ReplyTo.Add(Mailbox(replyTo));
        foreach (var (name, value) in AutomaticHeaders.All) message.Headers.Add(name, value);
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    static MailboxAddress Mailbox(MailAddress address) => new(address.Name, address.Address);
}

/// <summary>What keeps other machines from answering ours.</summary>
static class AutomaticHeaders
{
    public static readonly (string Name, string Value)[] All = [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")];
}
