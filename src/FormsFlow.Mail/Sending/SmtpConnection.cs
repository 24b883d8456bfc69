using MailKit.Net.Smtp;
using MimeKit;

namespace FormsFlow.Mail.Sending;

/// <summary>A connection that knows whether the server has agreed to take the mail at hand.</summary>
sealed class SmtpConnection(long opened) : SmtpClient
{
    /// <summary>Timestamp of the last use.</summary>
    public long Used { get; set; } = opened;

    public int Sent { get; set; }

    /// <summary>From here on a lost connection leaves open whether the mail was taken.</summary>
    public bool RecipientAccepted { get; set; }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        RecipientAccepted = true;
        base.OnRecipientAccepted(message, mailbox, response);
    }
}
