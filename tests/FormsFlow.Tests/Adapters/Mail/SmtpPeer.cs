using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using MimeKit;

namespace FormsFlow.Tests.Adapters.Mail;

/// <summary>tests/node/smtp.mjs: a real SMTP server in a process of its own, on a port of its own.</summary>
sealed class SmtpPeer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Process process;
    readonly Channel<JsonElement> events = Channel.CreateUnbounded<JsonElement>();
    readonly Task reading;

    SmtpPeer(Process process, int port)
    {
        this.process = process;
        Port = port;
        reading = ReadAsync();
    }

    public int Port { get; }

    public static async Task<SmtpPeer> StartAsync(object? settings = null)
    {
        var folder = Path.Combine(Folders.Root, "tests", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "smtp-server")))
            Assert.Fail($"There is no SMTP server to test against: the npm package smtp-server is not in {folder}. Run tests/run, which fetches it.");
        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("smtp.mjs");
        start.ArgumentList.Add(JsonSerializer.Serialize(settings ?? new { }));
        var node = Process.Start(start)!;
        var first = await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            Assert.Fail($"The SMTP server did not start: {first}\n{await node.StandardError.ReadToEndAsync()}");
        return new SmtpPeer(node, port);
    }

    /// <summary>The next event of this name; others before it are passed over.</summary>
    public async Task<JsonElement> NextAsync(string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var happened in events.Reader.ReadAllAsync(limit.Token))
            if (happened.GetProperty("event").GetString() == name)
                return happened;
        throw new InvalidOperationException($"The SMTP server ended before it said '{name}'.");
    }

    /// <summary>Everything that happened so far and was not asked for.</summary>
    public IReadOnlyList<JsonElement> Rest()
    {
        var rest = new List<JsonElement>();
        while (events.Reader.TryRead(out var happened)) rest.Add(happened);
        return rest;
    }

    public static MimeMessage Parse(JsonElement mail) =>
        MimeMessage.Load(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(mail.GetProperty("raw").GetString()!)));

    public async Task DropAllAsync()
    {
        await process.StandardInput.WriteLineAsync("drop");
        await process.StandardInput.FlushAsync();
        await NextAsync("dropped-all");
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        await reading;
        process.Dispose();
    }

    async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            events.Writer.TryWrite(JsonDocument.Parse(line).RootElement.Clone());
        events.Writer.Complete();
    }
}
