using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FormsFlow.Tests.Domain;

namespace FormsFlow.Tests.Tooling;

/// <summary>The templates of infra/ in a folder of their own, with a district's settings, and what the Bicep compiler says of them.</summary>
sealed partial class AzureTemplates : IDisposable
{
    static readonly string Infra = Path.Combine(Repository.Root, "infra");

    /// <summary>Made once for all tests that change nothing.</summary>
    static readonly Lazy<Task<JsonNode>> Untouched = new(async () =>
    {
        using var templates = new AzureTemplates();
        return await templates.SnapshotAsync();
    });

    readonly string _folder = Directory.CreateTempSubdirectory("formsflow-templates-").FullName;
    readonly string _compiler;

    /// <summary>Skips the test where the compiler is not at hand; the tests bring no package along for it.</summary>
    public AzureTemplates()
    {
        _compiler = Compiler();
        if (!File.Exists(_compiler)) Directory.Delete(_folder);
        Assert.SkipUnless(File.Exists(_compiler), "The Bicep compiler is not among the packages yet; dotnet build infra/lint.proj -t:Lint brings it.");
        foreach (var template in Directory.EnumerateFiles(Infra, "*.bicep").Concat(Directory.EnumerateFiles(Path.Combine(Infra, "modules"), "*.bicep")).Append(Path.Combine(Infra, "bicepconfig.json")))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(Infra, template));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(template, copy);
        }

        District = JsonNode.Parse(File.ReadAllText(Path.Combine(Infra, "district.sample.json")))!.AsObject();
    }

    /// <summary>What a district would write into district.json; the sample's to begin with.</summary>
    public JsonObject District { get; }

    /// <summary>Parameters beside those that have to be given, as Bicep writes them.</summary>
    public Dictionary<string, string> Parameters { get; } = [];

    public string Main => Path.Combine(_folder, "main.bicep");

    /// <summary>Every resource that a provisioning would make, with what is known of it before.</summary>
    public async Task<IReadOnlyList<JsonObject>> PredictAsync() => Resources(await SnapshotAsync());

    /// <summary>With the sample of a district.json, whose settings nobody has changed.</summary>
    public static async Task<IReadOnlyList<JsonObject>> PredictSampleAsync() => Resources(await Untouched.Value);

    /// <summary>The names of what the Azure Developer CLI can be asked for after a provisioning.</summary>
    public static async Task<IReadOnlyList<string>> OutputsAsync() => [.. (await Untouched.Value)["outputs"]!.AsObject().Select(output => output.Key)];

    static IReadOnlyList<JsonObject> Resources(JsonNode snapshot) => [.. snapshot["predictedResources"]!.AsArray().Select(resource => resource!.AsObject())];

    async Task<JsonNode> SnapshotAsync()
    {
        WriteDistrict();
        var parameters = new Dictionary<string, string>(Parameters)
        {
            ["environmentName"] = "'formsflow'",
            ["location"] = "'eastus'",
            ["operatorId"] = "'11111111-1111-1111-1111-111111111111'",
            ["alertAddress"] = "'help@pinecreek.example'",
        };
        await File.WriteAllLinesAsync(Path.Combine(_folder, "main.bicepparam"), ["using 'main.bicep'", .. parameters.Select(parameter => $"param {parameter.Key} = {parameter.Value}")]);
        var (exitCode, output) = await RunAsync(
            "snapshot", "main.bicepparam", "--mode", "overwrite", "--subscription-id", "22222222-2222-2222-2222-222222222222",
            "--tenant-id", "33333333-3333-3333-3333-333333333333", "--location", "eastus", "--deployment-name", "formsflow");
        Assert.True(exitCode == 0, output);
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "main.snapshot.json")))!;
    }

    public async Task<(int ExitCode, string Output)> LintAsync()
    {
        WriteDistrict();
        return await RunAsync("lint", "main.bicep");
    }

    void WriteDistrict() => File.WriteAllText(Path.Combine(_folder, "district.json"), District.ToJsonString());

    async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        // Packages keep no execute permission.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_compiler, File.GetUnixFileMode(_compiler) | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(_compiler, arguments) { WorkingDirectory = _folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The very one that infra/lint.proj uses.</summary>
    static string Compiler()
    {
        var version = Version().Match(File.ReadAllText(Path.Combine(Infra, "lint.proj"))).Groups["version"].Value;
        var platform = OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-x64" : "linux-x64";
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Path.Combine(packages, $"azure.bicep.commandline.{platform}", version, "tools", OperatingSystem.IsWindows() ? "bicep.exe" : "bicep");
    }

    [GeneratedRegex("<BicepVersion>(?<version>[^<]+)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
