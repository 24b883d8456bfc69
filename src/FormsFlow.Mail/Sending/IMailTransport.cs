using FormsFlow.Application.Ports;

namespace FormsFlow.Mail.Sending;

/// <summary>Hands one mail over to whoever carries it on.</summary>
interface IMailTransport
{
    /// <summary>How many mails it hands over at once; others wait.</summary>
    int AtOnce => 8;

    /// <exception cref="MailRefusedException">This mail will never be taken.</exception>
    /// <exception cref="MailMisconfiguredException">No mail will be taken before a setting is mended.</exception>
    /// <exception cref="MailDelayedException">Not now.</exception>
    Task SendAsync(RenderedMail mail, CancellationToken cancellationToken);
}
