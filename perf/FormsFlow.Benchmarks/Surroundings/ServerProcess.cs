using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FormsFlow.Server.Serve;

namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>The program itself, <c>serve</c>, as a process of its own.</summary>
sealed class ServerProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly Task<string> _output;

    ServerProcess(Process process, Uri address, TimeSpan startedIn)
    {
        (_process, Address, StartedIn) = (process, address, startedIn);
        _output = process.StandardOutput.ReadToEndAsync();
    }

    public Uri Address { get; }

    /// <summary>From before the process existed until it said that it is healthy.</summary>
    public TimeSpan StartedIn { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>In MB, as the system counts it.</summary>
    public double Resident => Memory("VmRSS");

    /// <summary>The most that it ever was.</summary>
    public double MostResident => Memory("VmHWM");

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
    }

    /// <param name="address">Where it listens.</param>
    /// <param name="settings">As environment variables have them.</param>
    /// <exception cref="InvalidOperationException">It ended at once; says what it said.</exception>
    public static async Task<ServerProcess> StartAsync(Uri address, IReadOnlyDictionary<string, string> settings, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.ArgumentList.Add(Assembly());
        start.ArgumentList.Add("serve");
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        // What a developer has set for himself is none of the program's settings.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            if (name is not ("DOTNET_ROOT" or "DOTNET_CLI_HOME" or "DOTNET_PerfMapEnabled" or "DOTNET_EnableWriteXorExecute"))
                start.Environment.Remove(name);

        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        while (!await IsHealthyAsync(address, cancellationToken))
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}: {await process.StandardOutput.ReadToEndAsync(cancellationToken)}{await process.StandardError.ReadToEndAsync(cancellationToken)}");
            await Task.Delay(5, cancellationToken);
        }

        return new ServerProcess(process, address, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>As the power does: no warning, no goodbye.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as the system does, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using (Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)])) await _process.WaitForExitAsync();
            await _output;
        }

        _process.Dispose();
    }

    static async Task<bool> IsHealthyAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await ReviewerClient.ConnectAsync(address, cancellationToken);
            return await client.StatusOfAsync("/healthz", cancellationToken) == 200;
        }
        catch (Exception e) when (e is SocketException or EndOfStreamException)
        {
            return false;
        }
    }

    /// <summary>As it is installed, with its own settings of the runtime; the copy beside the benchmarks runs with theirs.</summary>
    static string Assembly() => Path.Combine(Repository.Root, "perf", ".artifacts", "server", $"{typeof(ServeHost).Assembly.GetName().Name}.dll");

    double Memory(string line)
    {
        var text = File.ReadLines($"/proc/{_process.Id}/status").First(text => text.StartsWith(line, StringComparison.Ordinal));
        return long.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
