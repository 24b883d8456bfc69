using FormsFlow.Application.Mailing;

namespace FormsFlow.Application.Ports;

/// <summary>Sends one mail to one person.</summary>
public interface IMailer
{
    /// <summary>Returns when the mail service has taken the mail over.</summary>
    /// <exception cref="MailRefusedException">The service will never take this mail: a mailbox that does not exist, an address it does not read.</exception>
    /// <exception cref="Exception">Anything else is worth another try later.</exception>
    Task SendAsync(MailMessage mail, CancellationToken cancellationToken);
}

/// <param name="reason">What the service said, without the address.</param>
public sealed class MailRefusedException(string reason, Exception? inner = null) : Exception(reason, inner);
