namespace FormsFlow.Tests.Tooling;

/// <summary>What tests/run says on a machine that lacks something, before it downloads or builds anything.</summary>
public sealed class TestsRunTests
{
    const string Fine = "exit 0";

    [Fact]
    public async Task Without_the_dotnet_sdk_it_says_which_and_where_to_get_it()
    {
        using var shell = new Shell();
        await StopsAsync(shell, "The .NET SDK is missing. Needed: 10.0.100 or a later 10.0, from https://dotnet.microsoft.com/download");
    }

    [Fact]
    public async Task An_old_dotnet_sdk_is_named()
    {
        using var shell = new Shell().With("dotnet", "if [ \"$1\" = --list-sdks ]; then echo '8.0.100 [/usr/share/dotnet/sdk]'; else exit 155; fi");
        await StopsAsync(shell, "This .NET SDK is too old: 8.0.100");
    }

    [Fact]
    public async Task Without_node_it_says_so()
    {
        using var shell = new Shell().With("dotnet", Fine);
        await StopsAsync(shell, "Node.js is missing. Needed: 20 or later, from https://nodejs.org");
    }

    [Fact]
    public async Task An_old_node_is_named()
    {
        using var shell = new Shell().With("dotnet", Fine).With("node", "echo v18.19.1").With("npm", Fine);
        await StopsAsync(shell, "This Node.js is too old: v18.19.1.");
    }

    [Fact]
    public async Task Without_npm_it_says_so()
    {
        using var shell = new Shell().With("dotnet", Fine).With("node", "echo v22.1.0");
        await StopsAsync(shell, "npm is missing.");
    }

    [Fact]
    public async Task Without_a_chromium_and_without_apt_it_says_how_to_name_one()
    {
        using var shell = new Shell().With("dotnet", Fine).With("node", "echo v22.1.0").With("npm", Fine);
        await StopsAsync(shell, "No Chromium was found. Install Google Chrome");
    }

    [Fact]
    public async Task A_chromium_from_a_snap_is_no_chromium()
    {
        using var shell = new Shell().With("dotnet", Fine).With("node", "echo v22.1.0").With("npm", Fine).With("chromium-browser", "exec /snap/bin/chromium \"$@\"");
        await StopsAsync(shell, "No Chromium was found.");
    }

    [Fact]
    public async Task Whoever_may_not_install_a_chromium_reads_what_to_ask_for()
    {
        using var shell = new Shell().With("dotnet", Fine).With("node", "echo v22.1.0").With("npm", Fine).With("apt-get", Fine).With("id", "echo 1000");
        if (IsUbuntu()) await StopsAsync(shell, "Ubuntu's own is a snap");
        else await StopsAsync(shell, "As root: apt-get install chromium.");
    }

    static bool IsUbuntu() => File.Exists("/etc/os-release") && File.ReadLines("/etc/os-release").Contains("ID=ubuntu");

    static async Task StopsAsync(Shell shell, string message)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "tests/run is for Linux and macOS.");
        var (exitCode, output) = await shell.RunAsync("bash", Path.Combine("tests", "run"));
        Assert.Equal(1, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("==", output, StringComparison.Ordinal);
    }
}
