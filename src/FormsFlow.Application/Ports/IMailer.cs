using FormsFlow.Application.Mailing;

namespace FormsFlow.Application.Ports;

/// <summary>Sends one mail to one person.</summary>
public interface IMailer
{
    /// <summary>How many mails it sends at once; whatever else it is given waits in it.</summary>
    int AtOnce => 8;

    /// <summary>Returns when the mail service has taken the mail over.</summary>
    /// <exception cref="MailRefusedException">The service will never take this mail: a mailbox that does not exist, an address it does not read.</exception>
    /// <exception cref="MailMisconfiguredException">The service takes no mail at all before a setting is mended. Worth another try later.</exception>
    /// <exception cref="MailDelayedException">Not now. Worth another try later.</exception>
    /// <exception cref="Exception">Anything else is worth another try later.</exception>
    Task SendAsync(MailMessage mail, CancellationToken cancellationToken);
}

/// <param name="reason">What the service said, without the address.</param>
public sealed class MailRefusedException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>The service is away, busy, or wants to be asked again (greylisting).</summary>
/// <param name="reason">What the service said, without the address.</param>
/// <param name="retryAfter">How long the service asked to be left alone; null if it did not say.</param>
public sealed class MailDelayedException(string reason, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(reason, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>It was said of the one mailbox, and need not be so of any other.</summary>
    public bool IsOfMailbox { get; init; }
}

/// <summary>A login, a sender or a permission is wrong: no mail goes out before somebody mends it, and then all of them do.</summary>
/// <param name="reason">Which setting to check.</param>
public sealed class MailMisconfiguredException(string reason, Exception? inner = null) : Exception(reason, inner);
