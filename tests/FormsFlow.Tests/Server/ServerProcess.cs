using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using FormsFlow.Server.Demo;

namespace FormsFlow.Tests.Server;

/// <summary>The program itself, as a process of its own.</summary>
sealed class ServerProcess : IDisposable
{
    readonly Process _process;
    readonly StringBuilder _output = new();
    readonly StringBuilder _errors = new();
    bool _disposed;

    ServerProcess(string[] arguments, IEnumerable<(string Name, string Value)> environment, bool limitable = false, string? folder = null)
    {
        var dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        // A write beyond the limit is to fail as on a disk; by itself it ends the process.
        string[] before = limitable ? ["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", dotnet] : [];
        var start = new ProcessStartInfo(limitable ? "sh" : dotnet)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var argument in before) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(typeof(DemoHost).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static ServerProcess Start(params string[] arguments) => new(arguments, []);

    public static ServerProcess Start(IEnumerable<(string Name, string Value)> environment, params string[] arguments) => new(arguments, environment);

    /// <summary>For <see cref="LimitFiles"/>.</summary>
    public static ServerProcess StartLimitable(params string[] arguments) => new(arguments, [], limitable: true);

    /// <summary>From now on it can write no file beyond so many bytes, as on a disk that takes no more; null lifts that. Needs no rights.</summary>
    public void LimitFiles(ulong? bytes)
    {
        var limit = new Limit(bytes ?? ulong.MaxValue, ulong.MaxValue);
        Assert.True(SetLimit(_process.Id, LargestFile, in limit, 0) == 0, $"The limit of the process could not be set (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => RunInAsync(Path.GetTempPath(), [], arguments);

    /// <summary>Runs it to its end, in a folder of the test's choice.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunInAsync(string folder, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        using var server = new ServerProcess(arguments, environment, folder: folder);
        await server._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (server._process.ExitCode, server.Output, server.Errors);
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <summary>Waits until its output holds the text. A failure shows all that it has said, and whether it has ended.</summary>
    public Task UntilItSaysAsync(string text) => Eventually.Async(
        () => $"the process says '{text}'. {Condition}",
        () =>
        {
            if (Output.Contains(text, StringComparison.Ordinal)) return Task.FromResult<string?>(text);
            Assert.False(HasExited, $"The process ended before it said '{text}'. {Condition}");
            return Task.FromResult<string?>(null);
        });

    /// <summary>For the message of a failure.</summary>
    public string Condition => $"{(HasExited ? $"It has ended with {_process.ExitCode}" : "It still runs")}; its output:\n{Output}\nits errors:\n{Errors}";

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>As a service manager does: it is asked to end (SIGTERM), and ends in its own time.</summary>
    public async Task<(int ExitCode, string Errors)> StopAsync()
    {
        Assert.Equal(0, Signal(_process.Id, Terminate));
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, Errors);
    }

    /// <summary>As the power does: no warning, no goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    const int Terminate = 15;

    /// <summary>RLIMIT_FSIZE, on Linux.</summary>
    const int LargestFile = 1;

    [StructLayout(LayoutKind.Sequential)]
    readonly record struct Limit(ulong Soft, ulong Hard);

    [DllImport("libc", EntryPoint = "kill")]
    static extern int Signal(int process, int signal);

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    static extern int SetLimit(int process, int resource, in Limit limit, nint before);

    static void Keep(StringBuilder lines, string? line)
    {
        if (line is null) return;
        lock (lines) lines.AppendLine(line);
    }

    static string Read(StringBuilder lines)
    {
        lock (lines) return lines.ToString();
    }
}
