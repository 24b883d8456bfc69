using System.Diagnostics;
using FormsFlow.Tests.Domain;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Tooling;

/// <summary>docs/self-hosted: what systemd runs.</summary>
public sealed class ServiceFilesTests
{
    static readonly string Folder = Path.Combine(Repository.Root, "docs", "self-hosted");

    public static TheoryData<string> Units => [.. Directory.EnumerateFiles(Folder).Where(file => Path.GetExtension(file) is ".service" or ".timer").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Systemd_finds_nothing_wrong_with_it(string unit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Find("systemd-analyze") is not null, "This machine has no systemd-analyze; the files are looked at without it.");
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.*").Where(file => Path.GetExtension(file) is ".service" or ".timer"))
            // The programs are where the guide puts them, and not here.
            await File.WriteAllTextAsync(Path.Combine(folder.Path, Path.GetFileName(file)), (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))
                .Replace("=/usr/bin/dotnet ", "=/bin/sh ", StringComparison.Ordinal).Replace("=/opt/formsflow/backup.sh", "=/bin/sh", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (exitCode, output) = await RunAsync(Find("systemd-analyze")!, "verify", "--man=no", Path.Combine(folder.Path, unit));

        // What it says of other units of this machine is not ours.
        Assert.DoesNotContain(output.Split('\n'), line => line.Contains("formsflow", StringComparison.Ordinal));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void The_service_runs_as_a_user_of_its_own_writes_its_state_only_and_comes_back_whatever_happens()
    {
        var service = Settings("formsflow.service");
        Assert.Equal(
            ["yes", "formsflow", "formsflow", "strict", "yes", "yes", "always", "0077"],
            ((string[])["DynamicUser", "User", "StateDirectory", "ProtectSystem", "ProtectHome", "NoNewPrivileges", "Restart", "UMask"]).Select(name => service[name].Single()));
        Assert.Equal("0", Assert.Single(service["StartLimitIntervalSec"]));
        Assert.Equal("", Assert.Single(service["CapabilityBoundingSet"]));
        Assert.All(service["LoadCredential"], credential => Assert.Matches("^[a-z.-]+:/etc/formsflow/[a-z.-]+$", credential));
        Assert.DoesNotContain(service["ExecStart"].Single(), "/etc/formsflow", StringComparison.Ordinal);
    }

    /// <summary>With other rights or another folder it would find right what the service finds wrong.</summary>
    [Fact]
    public async Task Check_is_run_with_everything_that_the_service_is_run_with()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script is for systemd.");
        using var shell = new Shell().With("systemd-run", "printf '%s\\n' \"$@\"");
        var (exitCode, output) = await shell.RunAsync("sh", Path.Combine("docs", "self-hosted", "check.sh"), "--send-test-mail", "you@your-district.org");
        Assert.Equal(0, exitCode);
        var arguments = output.TrimEnd('\n').Split('\n');
        var properties = arguments.Where(argument => argument.StartsWith("--property=", StringComparison.Ordinal)).Select(argument => argument["--property=".Length..]);

        string[] ofAServiceOnly = ["ExecStart", "Type", "Restart", "RestartSec", "TimeoutStopSec", "Description", "Wants", "After", "StartLimitIntervalSec", "WantedBy"];
        var service = Settings("formsflow.service").Where(setting => !ofAServiceOnly.Contains(setting.Key)).SelectMany(setting => setting.Select(value => $"{setting.Key}={value}"));
        Assert.Equal(service.Order(StringComparer.Ordinal), properties.Select(property => property.Replace("/formsflow-check.service/", "/formsflow.service/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("--unit=formsflow-check", arguments);
        Assert.Equal(
            ["/usr/bin/dotnet", "/opt/formsflow/current/FormsFlow.Server.dll", "check", "--settings", "/run/credentials/formsflow-check.service/local.settings.json", "--send-test-mail", "you@your-district.org"],
            arguments[^7..]);
    }

    [Fact]
    public async Task The_container_runs_as_nobody_special_listens_on_one_port_and_keeps_its_store_in_the_volume()
    {
        var project = Path.Combine(Repository.Root, "src", "FormsFlow.Server", "FormsFlow.Server.csproj");
        var (exitCode, output) = await RunAsync("dotnet", "msbuild", project, "-nologo", "-getProperty:ContainerUser,ContainerRepository,EnableSdkContainerSupport,ContainerBaseImage", "-getItem:ContainerPort,ContainerEnvironmentVariable,ContainerDefaultArgs");
        Assert.True(exitCode == 0, output);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        var (properties, items) = (json.RootElement.GetProperty("Properties"), json.RootElement.GetProperty("Items"));
        Assert.Equal(("1654:1654", "formsflow", "true"), (Property("ContainerUser"), Property("ContainerRepository"), Property("EnableSdkContainerSupport")));
        // Without a shell, and with the time zones that the chiseled images without "extra" lack.
        Assert.EndsWith("-chiseled-extra", Property("ContainerBaseImage"), StringComparison.Ordinal);
        Assert.Equal(["8080 tcp"], Items("ContainerPort", "Type"));
        Assert.Equal(["Server__Listen http://0.0.0.0:8080", "Storage__Path /data/formsflow.db"], Items("ContainerEnvironmentVariable", "Value").Order(StringComparer.Ordinal));
        Assert.Equal("serve", Assert.Single(items.GetProperty("ContainerDefaultArgs").EnumerateArray()).GetProperty("Identity").GetString());

        // The guide says the same.
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "install-self-hosted.md"), TestContext.Current.CancellationToken);
        foreach (var said in (string[])["chown 1654:1654", "-p 127.0.0.1:8080:8080", "-v formsflow-data:/data"]) Assert.Contains(said, guide, StringComparison.Ordinal);

        string Property(string name) => properties.GetProperty(name).GetString()!;
        IEnumerable<string> Items(string name, string more) => items.GetProperty(name).EnumerateArray().Select(item => $"{item.GetProperty("Identity").GetString()} {item.GetProperty(more).GetString()}");
    }

    static ILookup<string, string> Settings(string unit) => File.ReadLines(Path.Combine(Folder, unit))
        .Where(line => line.Length > 0 && line[0] is not ('#' or '['))
        .Select(line => line.Split('=', 2))
        .ToLookup(parts => parts[0], parts => parts[1]);

    static string? Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
