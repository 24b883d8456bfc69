using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using FormsFlow.Mail.Settings;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace FormsFlow.Mail.Sending;

/// <summary>
/// A few connections, kept open between mails because a handshake costs more than a mail does. One that was idle for a while is asked
/// whether it still lives before it is trusted.
/// </summary>
sealed class SmtpConnections(SmtpOptions options, MailAddress from, TimeProvider time, RemoteCertificateValidationCallback? trust) : IAsyncDisposable
{
    /// <summary>Servers commonly close after five minutes; after this long a connection is opened anew.</summary>
    static readonly TimeSpan TooOld = TimeSpan.FromMinutes(2);

    static readonly TimeSpan WorthAsking = TimeSpan.FromSeconds(5);

    /// <summary>Google's relay takes 100 mails over one connection.</summary>
    const int MostMails = 90;

    readonly ConcurrentStack<SmtpConnection> idle = new();

    /// <summary>A connection to use alone, and whether it has carried a mail before.</summary>
    public async Task<(SmtpConnection Connection, bool IsReused)> TakeAsync(CancellationToken cancellationToken)
    {
        while (idle.TryPop(out var connection))
        {
            if (await IsAliveAsync(connection, cancellationToken)) return (connection, true);
            connection.Dispose();
        }

        return (await OpenAsync(cancellationToken), false);
    }

    public async Task<SmtpConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SmtpConnection(time.GetTimestamp()) { LocalDomain = from.Domain, Timeout = options.TimeoutSeconds * 1000 };
        if (trust is not null) connection.ServerCertificateValidationCallback = trust;
        try
        {
            await connection.ConnectAsync(await DialAsync(cancellationToken), options.Host, options.Port, Security(options.Security), cancellationToken);
            if (!string.IsNullOrEmpty(options.User)) await connection.AuthenticateAsync(options.User, options.Password ?? "", cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A command and what follows it go out at once; waiting to fill a packet costs 40 ms for each mail.</summary>
    async Task<Socket> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void GiveBack(SmtpConnection connection)
    {
        connection.Used = time.GetTimestamp();
        if (connection.IsConnected && connection.Sent < MostMails) idle.Push(connection);
        else connection.Dispose();
    }

    /// <summary>Says goodbye, so that servers do not log aborted sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        while (idle.TryPop(out var connection))
        {
            try
            {
                await connection.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception e) when (e is IOException or SmtpProtocolException or SmtpCommandException or OperationCanceledException or ObjectDisposedException)
            {
                // It is gone, which is what was wanted.
            }

            connection.Dispose();
        }
    }

    async Task<bool> IsAliveAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        var rested = time.GetElapsedTime(connection.Used);
        if (!connection.IsConnected || rested > TooOld) return false;
        if (rested < WorthAsking) return true;
        try
        {
            await connection.NoOpAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or SmtpProtocolException or SmtpCommandException or MailKit.ServiceNotConnectedException)
        {
            return false;
        }
    }

    static SecureSocketOptions Security(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => throw new InvalidOperationException($"Nobody has said how to connect with {security}."),
    };
}
