using System.Net.Security;
using FormsFlow.Application.Ports;
using FormsFlow.Mail.Settings;
using MimeKit;

namespace FormsFlow.Mail.Sending;

/// <summary>Sends over SMTP, several mails at once over as many connections as the settings allow.</summary>
/// <param name="trust">Which certificates are trusted; null for what the machine trusts.</param>
sealed class SmtpTransport(SmtpOptions options, MailAddress from, TimeProvider time, RemoteCertificateValidationCallback? trust = null)
    : IMailTransport, IAsyncDisposable
{
    readonly SemaphoreSlim free = new(options.MaxConnections);
    readonly SmtpConnections connections = new(options, from, time, trust);

    public int AtOnce => options.MaxConnections;

    public async Task SendAsync(RenderedMail mail, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                // Made only now: what waits for its turn should not wait in its largest form.
                using var message = MimeMessages.Create(mail);
                await SendAsync(message, either.Token);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new MailDelayedException($"The mail server did not finish within {options.TimeoutSeconds} seconds (Mail:Smtp:TimeoutSeconds).", inner: e);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw SmtpFailures.Explain(e, options);
            }
        }
        finally
        {
            free.Release();
        }
    }

    async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var (connection, isReused) = await connections.TakeAsync(cancellationToken);
        try
        {
            await SendAsync(connection, message, cancellationToken);
        }
        catch (Exception e) when (isReused && !connection.RecipientAccepted && SmtpFailures.IsLostConnection(e))
        {
            // The server had enough of this connection. It had not been given the mail, so that a fresh one cannot make a repeat.
            await SendAsync(await connections.OpenAsync(cancellationToken), message, cancellationToken);
        }
    }

    /// <summary>Only a connection in a known state is used again: after a mail, or after a plain "no".</summary>
    async Task SendAsync(SmtpConnection connection, MimeMessage message, CancellationToken cancellationToken)
    {
        connection.RecipientAccepted = false;
        var isKnown = false;
        try
        {
            await connection.SendAsync(message, cancellationToken);
            isKnown = true;
        }
        catch (MailKit.Net.Smtp.SmtpCommandException e)
        {
            isKnown = !SmtpFailures.IsLostConnection(e);
            throw;
        }
        finally
        {
            connection.Sent++;
            if (isKnown) connections.GiveBack(connection);
            else connection.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connections.DisposeAsync();
        free.Dispose();
    }
}
