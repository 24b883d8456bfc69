using System.Diagnostics;
using System.Globalization;
using FormsFlow.SheetsEmulator.Hosting;

namespace FormsFlow.Tests.Adapters.SheetsEmulator;

/// <summary>The emulator judged by a client that its authors did not write: Google's own, for Node.</summary>
public sealed class SheetsFidelityTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Googles_Node_client_finds_nothing_that_differs()
    {
        var scripts = Path.Combine(Root(), "tests", "node");
        Assert.True(Directory.Exists(Path.Combine(scripts, "node_modules", "googleapis")), $"Google's client is not installed: run npm ci in {scripts}");
        await using var emulator = await SheetsEmulatorHost.StartAsync(new SheetsEmulatorOptions(), TestContext.Current.CancellationToken);
        var credentials = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(credentials, emulator.CredentialsOf(), TestContext.Current.CancellationToken);
            var (exitCode, lines) = await NodeAsync(scripts, "sheets-fidelity.mjs", emulator.BaseAddress.ToString(), credentials);

            foreach (var line in lines)
                output.WriteLine(line);
            Assert.Equal(0, exitCode);
            var checks = lines.Count(l => l.StartsWith("ok ", StringComparison.Ordinal));
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{checks} checks"), lines[^1]);
            Assert.True(checks >= 45, $"Only {checks} checks ran.");
            string[] methods = ["create", "get", "getByDataFilter", "batchUpdate", "values.get", "values.batchGet", "values.batchGetByDataFilter", "values.update",
                "values.batchUpdate", "values.batchUpdateByDataFilter", "values.append", "values.clear", "values.batchClear"];
            Assert.All(methods, m => Assert.Contains(emulator.Log.Requests, r => r.Method == m && r.Status == 200));
        }
        finally
        {
            File.Delete(credentials);
        }
    }

    private static async Task<(int ExitCode, IReadOnlyList<string> Lines)> NodeAsync(string directory, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var text = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (node.ExitCode, [.. (text + await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
        }
        finally
        {
            if (!node.HasExited)
                node.Kill();
        }
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "FormsFlow.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("FormsFlow.sln is nowhere above the tests.");
    }
}
