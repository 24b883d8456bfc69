using System.Net;
using System.Net.Sockets;

namespace FormsFlow.Tests.Server;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task Reset_leaves_a_folder_alone_that_is_not_a_demos()
    {
        using var folder = new TemporaryFolder();
        var precious = Path.Combine(folder.Path, "thesis.txt");
        await File.WriteAllTextAsync(precious, "Three years of work.");

        var (exitCode, _, errors) = await ServerProcess.RunAsync("demo", "--reset", "--folder", folder.Path, "--port", "0");

        Assert.Equal(1, exitCode);
        Assert.Contains("does not look like a demo's folder", errors, StringComparison.Ordinal);
        Assert.Equal("Three years of work.", await File.ReadAllTextAsync(precious));
    }

    [Fact]
    public async Task Reset_forgets_everything()
    {
        using var folder = new TemporaryFolder();
        await using (var demo = await RunningDemo.StartAsync(folder.Path, 0))
        {
            await demo.ProposeAsync("Desmos");
            await demo.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");
        }

        FormsFlow.Server.Demo.DemoFolder.Reset(folder.Path);

        await using (var demo = await RunningDemo.StartAsync(folder.Path, 0))
        {
            Assert.Empty(demo.Inbox.List());
            Assert.Empty(demo.ResponseRows);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_port_that_is_taken_is_named_with_what_to_do(int which)
    {
        using var folder = new TemporaryFolder();
        var port = Ports.FindPair();
        using var other = new TcpListener(IPAddress.Loopback, port + which);
        other.Start();

        var (exitCode, _, errors) = await ServerProcess.RunAsync("demo", "--folder", folder.Path, "--port", $"{port}");

        Assert.Equal(1, exitCode);
        Assert.Contains($"Port {port} or {port + 1} is taken by another program", errors, StringComparison.Ordinal);
        Assert.Contains("--port", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "70000")]
    [InlineData("--port", "abc")]
    [InlineData("--prot", "1")]
    public async Task What_was_typed_wrong_is_refused_before_anything_starts(string option, string value)
    {
        var (exitCode, _, errors) = await ServerProcess.RunAsync("demo", option, value);

        Assert.Equal(1, exitCode);
        Assert.Contains(option, errors, StringComparison.Ordinal);
    }
}
