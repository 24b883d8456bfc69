using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FormsFlow.Storage.AzureTables;

namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>Azure Storage as Microsoft emulates it, in memory and in a process of its own, with the packages that the tests use.</summary>
sealed class Azurite : IAsyncDisposable
{
    /// <summary>The emulator's account and key are the same everywhere, and public.</summary>
    const string Account = "devstoreaccount1", Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    readonly Process _process;

    Azurite(Process process, string connection) => (_process, Connection) = (process, connection);

    /// <summary>The connection string.</summary>
    public string Connection { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <exception cref="InvalidOperationException">Its packages are not there, or it did not start.</exception>
    public static async Task<Azurite> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Repository.Root, "tests", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "azurite")))
            throw new InvalidOperationException($"The npm package azurite is not in {folder}. Run npm ci there, or tests/run, which does.");
        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("azurite.mjs");
        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync(cancellationToken) is not { } line) throw new InvalidOperationException("The emulator of Azure Storage did not start.");
        var ports = JsonDocument.Parse(line).RootElement;
        var (blob, table) = (ports.GetProperty("blob").GetInt32(), ports.GetProperty("table").GetInt32());
        return new Azurite(process, string.Create(
            CultureInfo.InvariantCulture,
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{blob}/{Account};TableEndpoint=http://127.0.0.1:{table}/{Account};"));
    }

    public AzureTablesStoreOptions Options => new() { ConnectionString = Connection };

    /// <summary>It ends when its input does.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
