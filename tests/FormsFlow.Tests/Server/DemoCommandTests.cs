using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task Reset_deletes_what_a_demo_made_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        await (await RunningDemo.StartAsync(folder.Path, 0)).DisposeAsync();
        var note = Path.Combine(folder.Path, "note.txt");
        await File.WriteAllTextAsync(note, "Mine.");

        FormsFlow.Server.Demo.DemoFolder.Reset(folder.Path);

        Assert.Equal(["lock", "note.txt"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Reset_clears_away_what_a_start_that_failed_has_left()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "mail"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "sheets"));

        FormsFlow.Server.Demo.DemoFolder.Reset(folder.Path);

        await using var demo = await RunningDemo.StartAsync(folder.Path, 0);
        Assert.Empty(demo.Inbox.List());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_port_that_is_taken_is_named_with_what_to_do_and_the_folder_is_not_touched(int which)
    {
        using var parent = new TemporaryFolder();
        var folder = Path.Combine(parent.Path, "demo");
        var port = Ports.FindPair();
        using var other = new TcpListener(IPAddress.Loopback, port + which);
        other.Start();

        var (exitCode, _, errors) = await ServerProcess.RunAsync("demo", "--folder", folder, "--port", $"{port}");

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Port {port + which} is taken by another program", errors, StringComparison.Ordinal);
        // Only a demo's own address is worth a look; at the port beside it nobody would answer.
        Assert.Equal(which == 0, errors.Contains($"http://localhost:{port}/", StringComparison.Ordinal));
        Assert.Contains("for example --port ", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_second_demo_on_the_same_folder_is_refused_with_the_address_of_the_first()
    {
        using var folder = new TemporaryFolder();
        await using var first = await RunningDemo.StartAsync(folder.Path, 0);

        foreach (var arguments in (string[][])[["--port", "0"], ["--reset", "--port", "0"], []])
        {
            var (exitCode, output, errors) = await ServerProcess.RunAsync(["demo", "--folder", folder.Path, .. arguments]);
            Assert.Equal(1, exitCode);
            Assert.Equal("", output);
            Assert.StartsWith($"A demo is running in {folder.Path} already: open {first.Host.Address}", errors, StringComparison.Ordinal);
            Assert.Single(errors.TrimEnd().Split('\n'));
        }

        await first.ProposeAsync("Desmos");
        await first.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");
    }

    [Fact]
    public async Task A_stand_in_of_its_own_is_refused_on_the_folder_of_a_running_demo()
    {
        using var folder = new TemporaryFolder();
        await using var demo = await RunningDemo.StartAsync(folder.Path, 0);
        using var errors = new StringWriter();

        var exitCode = await SheetsEmulator.Hosting.SheetsEmulatorProgram.RunAsync(["--port", "0", "--data", demo.Host.Folder.Sheets], TextWriter.Null, errors);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{demo.Host.Folder.Sheets} is in use by another Sheets emulator, at {demo.Host.Emulator.BaseAddress}", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_that_was_killed_leaves_its_folder_to_the_next_one_on_the_same_port()
    {
        using var folder = new TemporaryFolder();
        var port = Ports.FindPair();
        using (var killed = ServerProcess.Start("demo", "--folder", folder.Path, "--port", $"{port}"))
        {
            await killed.UntilItSaysAsync("Ctrl+C stops it");
            await killed.KillAsync();
        }

        using var next = ServerProcess.Start("demo", "--folder", folder.Path);
        await next.UntilItSaysAsync("Ctrl+C stops it");

        Assert.Contains($"http://localhost:{port}/", next.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Links in e-mails", next.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_says_where_it_is_where_its_state_is_how_it_ends_and_that_nothing_is_lost()
    {
        using var folder = new TemporaryFolder();
        var port = Ports.FindPair();
        using var demo = ServerProcess.Start("demo", "--folder", folder.Path, "--port", $"{port}");
        await demo.UntilItSaysAsync("Ctrl+C stops it");
        Assert.Contains($"http://localhost:{port}/", demo.Output, StringComparison.Ordinal);
        Assert.Contains($"Everything is kept in {folder.Path}.", demo.Output, StringComparison.Ordinal);
        if (OperatingSystem.IsWindows()) return; // nothing asks another process to end there

        // Ctrl+C takes the same way; whoever starts the tests in the background has that one ignored.
        var (exitCode, errors) = await demo.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.EndsWith($"Stopped. Everything is kept in {folder.Path}.", demo.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("", errors);
    }

    [Fact]
    public async Task Reset_starts_over_on_the_port_of_before_and_says_that_everything_was_forgotten()
    {
        using var folder = new TemporaryFolder();
        var port = Ports.FindPair();
        using (var demo = ServerProcess.Start("demo", "--folder", folder.Path, "--port", $"{port}"))
        {
            await demo.UntilItSaysAsync("Ctrl+C stops it");
            await demo.StopAsync();
        }

        using var next = ServerProcess.Start("demo", "--folder", folder.Path, "--reset");
        await next.UntilItSaysAsync("Ctrl+C stops it");

        Assert.Contains("Everything was forgotten.", next.Output, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:{port}/", next.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Links in e-mails", next.Output, StringComparison.Ordinal);
    }

    /// <summary>A watch would go through every folder below the one where the demo is started, which may be somebody's home.</summary>
    [Fact]
    public async Task A_demo_watches_no_folder()
    {
        await using var demo = await RunningDemo.StartAsync();

        var files = ((IConfigurationRoot)demo.Host.Services.GetRequiredService<IConfiguration>()).Providers.OfType<FileConfigurationProvider>();

        Assert.All(files, file => Assert.False(file.Source.ReloadOnChange, file.Source.Path));
    }

    [Fact]
    public async Task Another_port_than_before_is_taken_with_a_word_about_the_links_that_were_sent()
    {
        using var folder = new TemporaryFolder();
        int before;
        await using (var demo = await RunningDemo.StartAsync(folder.Path, 0)) before = demo.Host.Address.Port;

        using var moved = ServerProcess.Start("demo", "--folder", folder.Path, "--port", $"{Ports.FindPair()}");

        await moved.UntilItSaysAsync($"start with --port {before}.");
    }

    [Theory]
    [InlineData("--port is '70000'; it should be a number from 0 (any free port) to 65534, such as 5080.", "demo", "--port", "70000")]
    [InlineData("--port is 'abc'; it should be a number from 0 (any free port) to 65534, such as 5080.", "demo", "--port", "abc")]
    [InlineData("--port is 'abc'; it should be a number", "demo", "--port", "abc", "--folder", "mine")]
    [InlineData("'--prot'", "demo", "--prot", "1")]
    [InlineData("serve has no --port: address and port are the setting Server:Listen, such as http://127.0.0.1:5090, in local.settings.json", "serve", "--port", "5090")]
    [InlineData("serve has no --port: address and port are the setting Server:Listen, such as http://127.0.0.1:8080, in local.settings.json", "serve", "--port", "abc")]
    public async Task What_was_typed_wrong_is_refused_before_anything_starts(string message, params string[] arguments)
    {
        var (exitCode, _, errors) = await ServerProcess.RunAsync(arguments);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--responses goes with --walk", "--responses", "mine.csv")]
    [InlineData("--port does not go with --walk", "--walk", "--port", "5090")]
    [InlineData("--reset does not go with --walk", "--walk", "--reset")]
    [InlineData("--folder does not go with --walk", "--walk", "--folder", "mine")]
    public async Task Options_that_do_not_go_together_are_refused(string message, params string[] arguments)
    {
        var (exitCode, output, errors) = await ServerProcess.RunAsync(["demo", .. arguments]);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Sending", output, StringComparison.Ordinal);
    }
}
