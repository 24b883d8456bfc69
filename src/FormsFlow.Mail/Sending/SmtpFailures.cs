using System.Globalization;
using System.Net.Sockets;
using FormsFlow.Application.Ports;
using FormsFlow.Mail.Settings;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace FormsFlow.Mail.Sending;

/// <summary>What an SMTP server's "no" means: never, not before a setting is mended, or not now.</summary>
static class SmtpFailures
{
    /// <summary>The connection is of no use any more, whoever's fault it is.</summary>
    public static bool IsLostConnection(Exception e) => e switch
    {
        SmtpCommandException command => command.StatusCode is SmtpStatusCode.ServiceNotAvailable,
        SmtpProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException or IOException or SocketException => true,
        _ => false,
    };

    public static Exception Explain(Exception e, SmtpOptions options) => e switch
    {
        // Server answers repeat the address, and the library's exceptions carry it: neither goes on as an inner exception.
        AuthenticationException => new MailMisconfiguredException(
            $"The mail server {Where(options)} refused the login. Check Mail:Smtp:User and Mail:Smtp:Password: {ServiceAnswer.Clean(e.Message)}."),
        SmtpCommandException command => Explain(command, options),
        SslHandshakeException => new MailMisconfiguredException(
            $"No secure connection to the mail server {Where(options)}: its certificate is not trusted, or it speaks no TLS on this port. Check Mail:Smtp:Host, Mail:Smtp:Port and Mail:Smtp:Security (now {options.Security}).", e),
        NotSupportedException when e.Message.Contains("STARTTLS", StringComparison.OrdinalIgnoreCase) => new MailMisconfiguredException(
            $"The mail server {Where(options)} does not offer STARTTLS. Check Mail:Smtp:Port and Mail:Smtp:Security (now {options.Security}).", e),
        NotSupportedException when e.Message.Contains("authenticat", StringComparison.OrdinalIgnoreCase) => new MailMisconfiguredException(
            $"The mail server {Where(options)} takes no login here. Leave Mail:Smtp:User empty, or check Mail:Smtp:Port and Mail:Smtp:Security (now {options.Security}).", e),
        NotSupportedException => new MailRefusedException("The mail server cannot write to an address in this alphabet."),
        SocketException socket when socket.SocketErrorCode is SocketError.HostNotFound => new MailDelayedException(
            $"The mail server's name {options.Host} could not be found. If this stays so, check Mail:Smtp:Host.", inner: e),
        SocketException => new MailDelayedException($"The mail server {Where(options)} cannot be reached. If this stays so, check Mail:Smtp:Host and Mail:Smtp:Port.", inner: e),
        IOException or SmtpProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException or TimeoutException => new MailDelayedException(
            $"The connection to the mail server {Where(options)} broke off."),
        _ => new MailDelayedException($"Sending to the mail server {Where(options)} failed unexpectedly ({e.GetType().Name}).", inner: e),
    };

    static Exception Explain(SmtpCommandException e, SmtpOptions options)
    {
        var status = (int)e.StatusCode;
        var answer = string.Create(CultureInfo.InvariantCulture, $"{status} {ServiceAnswer.Clean(e.Message)}");
        if (e.StatusCode is SmtpStatusCode.AuthenticationRequired or SmtpStatusCode.AuthenticationInvalidCredentials or SmtpStatusCode.AuthenticationMechanismTooWeak)
            return new MailMisconfiguredException($"The mail server {Where(options)} wants a login. Check Mail:Smtp:User and Mail:Smtp:Password: {answer}.");
        if (status < 500)
            return new MailDelayedException($"The mail server did not take the mail for now: {answer}.") { IsOfMailbox = e.ErrorCode is SmtpErrorCode.RecipientNotAccepted };
        if (e.Message.Contains("relay", StringComparison.OrdinalIgnoreCase))
            return new MailMisconfiguredException(
                $"The mail server {Where(options)} does not pass mail on for FormsFlow. Allow this machine in its relay settings, or give a login in Mail:Smtp:User: {answer}.");
        return e.ErrorCode switch
        {
            SmtpErrorCode.RecipientNotAccepted => new MailRefusedException($"The mail server knows no such mailbox or does not write to it: {answer}."),
            SmtpErrorCode.SenderNotAccepted => new MailMisconfiguredException($"The mail server does not take mail from this sender. Check Mail:From:Address: {answer}."),
            SmtpErrorCode.MessageNotAccepted => new MailRefusedException($"The mail server did not take the mail: {answer}."),
            _ => new MailDelayedException($"The mail server answered something unexpected: {answer}."),
        };
    }

    static string Where(SmtpOptions options) => string.Create(CultureInfo.InvariantCulture, $"{options.Host}:{options.Port}");
}
