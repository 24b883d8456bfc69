using System.Diagnostics;
using System.Text;
using FormsFlow.Server.Demo;

namespace FormsFlow.Tests.Server;

/// <summary>The program itself, as a process of its own.</summary>
sealed class ServerProcess : IDisposable
{
    readonly Process _process;
    readonly StringBuilder _output = new();
    readonly StringBuilder _errors = new();

    ServerProcess(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(typeof(DemoHost).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static ServerProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var server = new ServerProcess(arguments);
        await server._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (server._process.ExitCode, server.Output, server.Errors);
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public bool HasExited => _process.HasExited;

    /// <summary>As the power does: no warning, no goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

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
