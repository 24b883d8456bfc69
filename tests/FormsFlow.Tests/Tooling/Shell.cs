using System.Diagnostics;
using FormsFlow.Tests.Domain;

namespace FormsFlow.Tests.Tooling;

/// <summary>Runs the repository's scripts on a machine that has only the programs that a test gives it.</summary>
sealed class Shell : IDisposable
{
    static readonly string[] Everywhere = ["bash", "sh", "cat", "dirname", "sed", "tail", "head", "grep", "readlink", "id", "tr"];

    readonly string _programs = Directory.CreateTempSubdirectory("formsflow-programs-").FullName;

    public Shell()
    {
        foreach (var name in Everywhere)
            if (Find(name) is { } real)
                File.CreateSymbolicLink(Path.Combine(_programs, name), real);
    }

    public Shell With(string name, string script)
    {
        var path = Path.Combine(_programs, name);
        File.Delete(path);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    /// <summary>The machine's own.</summary>
    public Shell WithReal(string name)
    {
        File.CreateSymbolicLink(Path.Combine(_programs, name), Find(name) ?? throw new InvalidOperationException($"This machine has no {name}."));
        return this;
    }

    public async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_programs, program), arguments)
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = _programs;
        start.Environment.Remove("FORMSFLOW_CHROMIUM");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    static string? Find(string name) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public void Dispose() => Directory.Delete(_programs, recursive: true);
}
