using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Tests.Adapters.AzureTables;
using FormsFlow.Tests.Adapters.Mail;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>
/// tests/node/azurite.mjs: Microsoft's emulator of Azure Storage in a process of its own, on ports of its own. One for all tests, begun
/// when the first needs it; each test has tables of its own.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    /// <summary>The emulator's account and key are the same everywhere, and public.</summary>
    public const string Account = "devstoreaccount1";

    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static int _names;

    readonly Lazy<Task<(Process Process, int Blob, int Table)>> _started = new(StartAsync);

    public async Task<AzureTablesStoreOptions> NewStoreAsync()
    {
        var (_, blob, table) = await _started.Value;
        return Options(blob, table);
    }

    /// <summary>An account behind other ports, such as those of a test's own server in between.</summary>
    public static AzureTablesStoreOptions Options(int blob, int table, string key = Key) => new()
    {
        ConnectionString = string.Create(
            CultureInfo.InvariantCulture,
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};BlobEndpoint=http://127.0.0.1:{blob}/{Account};TableEndpoint=http://127.0.0.1:{table}/{Account};"),
        Prefix = string.Create(CultureInfo.InvariantCulture, $"Test{Interlocked.Increment(ref _names)}"),
    };

    public async Task<(int Blob, int Table)> PortsAsync()
    {
        var (_, blob, table) = await _started.Value;
        return (blob, table);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated) return;
        var (process, _, _) = await _started.Value;
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

        process.Dispose();
    }

    static async Task<(Process, int, int)> StartAsync()
    {
        var folder = Path.Combine(Folders.Root, "tests", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "azurite")))
            Assert.Fail($"There is no Azure Storage to test against: the npm package azurite is not in {folder}. Run tests/run, which fetches it.");
        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("azurite.mjs");
        var node = Process.Start(start)!;
        var first = await node.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(Patience);
        if (first is null) Assert.Fail("The emulator of Azure Storage did not start.");
        var ports = JsonDocument.Parse(first).RootElement;
        return (node, ports.GetProperty("blob").GetInt32(), ports.GetProperty("table").GetInt32());
    }
}
