using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>
/// An SMTP server that takes every mail and keeps none, with the extensions that the large relays offer (pipelining, chunks). It is
/// written on sockets because it shares the processors with what is measured; it answers at once, as no relay on the internet does.
/// </summary>
sealed class MailSink : IAsyncDisposable
{
    const string Offers = "250-sink\r\n250-SIZE 35882577\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 SMTPUTF8\r\n";

    readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    readonly CancellationTokenSource _end = new();
    readonly Action<ReadOnlyMemory<byte>> _received;
    readonly Task _accepting;
    long _count;

    /// <param name="received">Called with every mail as it came over the wire; the bytes are gone when it returns.</param>
    public MailSink(Action<ReadOnlyMemory<byte>> received)
    {
        _received = received;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public long Count => Interlocked.Read(ref _count);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    async Task ServeAsync(Socket socket)
    {
        using var owned = socket;
        socket.NoDelay = true;
        try
        {
            await TalkAsync(socket, new SocketReader(socket));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or EndOfStreamException or ObjectDisposedException)
        {
            // The other side went away, or the sink closes.
        }
    }

    async Task TalkAsync(Socket socket, SocketReader reader)
    {
        var answer = new StringBuilder("220 sink ESMTP\r\n");
        while (true)
        {
            // What was sent in one go is answered in one go.
            if (!reader.HasMore && answer.Length > 0)
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(answer.ToString()), SocketFlags.None, _end.Token);
                answer.Clear();
            }

            if (await reader.LineAsync(_end.Token) is not { } line) return;
            switch (line.Length < 4 ? "" : line[..4].ToUpperInvariant())
            {
                case "EHLO":
                    answer.Append(Offers);
                    break;
                case "BDAT":
                    var words = line.Split(' ');
                    Take(await reader.BytesAsync(int.Parse(words[1], CultureInfo.InvariantCulture), _end.Token));
                    answer.Append("250 2.0.0 taken\r\n");
                    break;
                case "DATA":
                    await socket.SendAsync("354 go on\r\n"u8.ToArray(), SocketFlags.None, _end.Token);
                    var mail = new StringBuilder();
                    while (await reader.LineAsync(_end.Token) is { } text && text != ".") mail.Append(text).Append("\r\n");
                    Take(Encoding.ASCII.GetBytes(mail.ToString()));
                    answer.Append("250 2.0.0 taken\r\n");
                    break;
                case "QUIT":
                    await socket.SendAsync("221 2.0.0 bye\r\n"u8.ToArray(), SocketFlags.None, _end.Token);
                    return;
                default:
                    answer.Append("250 2.0.0 ok\r\n");
                    break;
            }
        }
    }

    void Take(ReadOnlyMemory<byte> mail)
    {
        _received(mail);
        Interlocked.Increment(ref _count);
    }
}
