using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>
/// A reviewer's browser as far as HTTP knows it: opens the page behind a link, and sends its form back. One connection, one request at
/// a time, hardly any work of its own.
/// </summary>
sealed class ReviewerClient : IDisposable
{
    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly string _host;
    readonly SocketReader _reader;

    ReviewerClient(string host)
    {
        _host = host;
        _reader = new SocketReader(_socket);
    }

    public static async Task<ReviewerClient> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        var client = new ReviewerClient(server.Authority);
        await client._socket.ConnectAsync(IPAddress.Loopback, server.Port, cancellationToken);
        return client;
    }

    /// <summary>Opens the page.</summary>
    /// <returns>What its form carries back.</returns>
    public async Task<ReviewForm> OpenAsync(string token, CancellationToken cancellationToken)
    {
        var (status, body) = await AskAsync($"GET /review/{token} HTTP/1.1\r\nHost: {_host}\r\n\r\n", cancellationToken);
        if (status != 200) throw new InvalidOperationException($"The review page answered {status}.");
        var page = Encoding.UTF8.GetString(body.Span);
        return new ReviewForm(Field(page, "revision"), Field(page, "nonce"));
    }

    /// <summary>Approves.</summary>
    /// <returns>How long the server took to say that it is recorded.</returns>
    public async Task<TimeSpan> ApproveAsync(string token, ReviewForm form, string comment, CancellationToken cancellationToken)
    {
        var fields = $"revision={form.Revision}&nonce={form.Nonce}&choice=approve&comment={Uri.EscapeDataString(comment)}";
        var request = $"POST /review/{token} HTTP/1.1\r\nHost: {_host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {fields.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n{fields}";
        var began = Stopwatch.GetTimestamp();
        var (status, _) = await AskAsync(request, cancellationToken);
        var took = Stopwatch.GetElapsedTime(began);
        return status == 303 ? took : throw new InvalidOperationException($"A decision was answered with {status} where 303 means recorded.");
    }

    public async Task<int> StatusOfAsync(string path, CancellationToken cancellationToken) =>
        (await AskAsync($"GET {path} HTTP/1.1\r\nHost: {_host}\r\n\r\n", cancellationToken)).Status;

    public void Dispose() => _socket.Dispose();

    async Task<(int Status, ReadOnlyMemory<byte> Body)> AskAsync(string request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request), SocketFlags.None, cancellationToken);
        var first = await _reader.LineAsync(cancellationToken) ?? throw new EndOfStreamException("The server closed the connection.");
        var status = int.Parse(first.AsSpan("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var (length, chunked) = (0, false);
        while (await _reader.LineAsync(cancellationToken) is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) length = int.Parse(header.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            if (header.StartsWith("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)) chunked = true;
        }

        return (status, chunked ? await ChunksAsync(cancellationToken) : await _reader.BytesAsync(length, cancellationToken));
    }

    async Task<ReadOnlyMemory<byte>> ChunksAsync(CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        while (true)
        {
            var line = await _reader.LineAsync(cancellationToken) ?? throw new EndOfStreamException("The server closed the connection.");
            var length = int.Parse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            body.Write((await _reader.BytesAsync(length, cancellationToken)).Span);
            await _reader.LineAsync(cancellationToken);
            if (length == 0) return body.ToArray();
        }
    }

    static string Field(string page, string name)
    {
        var at = page.IndexOf($"name=\"{name}\" value=\"", StringComparison.Ordinal);
        if (at < 0) throw new InvalidOperationException($"The review page has no field '{name}': it asks for no decision.");
        at = page.IndexOf("value=\"", at, StringComparison.Ordinal) + "value=\"".Length;
        return WebUtility.HtmlDecode(page[at..page.IndexOf('"', at)]);
    }
}

sealed record ReviewForm(string Revision, string Nonce);
