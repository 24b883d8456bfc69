using System.CommandLine;
using System.Globalization;
using FormsFlow.Server.Walk;
using Spectre.Console;

namespace FormsFlow.Server.Demo;

/// <summary><c>demo</c>: everything on one machine, nothing to configure.</summary>
static class DemoCommand
{
    static readonly Option<int> Port = new("--port") { Description = "Port of the start page; the stand-in for Google takes the next one.", DefaultValueFactory = _ => 5080 };
    static readonly Option<bool> Reset = new("--reset") { Description = "Forget everything and start over." };
    static readonly Option<bool> WalkThrough = new("--walk") { Description = "Play the sample responses through without a browser, and check how each one ends." };
    static readonly Option<string?> Responses = new("--responses") { Description = "With --walk: a CSV file of your own; see samples/README.md." };
    static readonly Option<string> Folder = new("--folder") { Description = "Where the demo keeps its state.", DefaultValueFactory = _ => ".formsflow" };

    /// <summary>A person needs at least this long to read a page and choose.</summary>
    static readonly TimeSpan ShortestReading = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        Port.Validators.Add(result =>
        {
            // What is no number at all is refused by the parser; asking it for the value would throw.
            if (result.Tokens is [{ Value: var typed }] && int.TryParse(typed, NumberStyles.Integer, CultureInfo.InvariantCulture, out var port) && port is < 0 or > 65534)
                result.AddError("--port must be between 0 (any free one) and 65534.");
        });
        var command = new Command("demo", "Try FormsFlow on this machine: a form, a sheet, an inbox and the whole process. Nothing to configure.")
        {
            Port, Reset, WalkThrough, Responses, Folder,
        };
        command.SetAction((parse, cancellationToken) => parse.GetValue(WalkThrough)
            ? WalkAsync(parse.GetValue(Responses), cancellationToken)
            : ServeAsync(parse.GetValue(Folder)!, parse.GetValue(Port), parse.GetValue(Reset), cancellationToken));
        return command;
    }

    static async Task<int> ServeAsync(string folder, int port, bool reset, CancellationToken cancellationToken)
    {
        try
        {
            if (reset) DemoFolder.Reset(folder);
            await using var demo = await DemoHost.StartAsync(new DemoFolder(folder), port, ShortestReading, cancellationToken);
            AnsiConsole.MarkupLine($"FormsFlow is running. Open [bold]{demo.Address}[/] and follow the three steps. Ctrl+C stops it; it goes on where it was.");
            await demo.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return Fail(Explain(e, port));
        }
    }

    static async Task<int> WalkAsync(string? responses, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("formsflow-walk-").FullName;
        try
        {
            var samples = SampleResponse.Read(responses ?? SampleFiles.Find("responses.csv"));
            await using var demo = await DemoHost.StartAsync(new DemoFolder(folder), 0, TimeSpan.Zero, cancellationToken);
            using var walker = new Walker(demo, samples, step => AnsiConsole.MarkupLine($"[grey]{TimeProvider.System.GetLocalNow():HH:mm:ss}[/] {Markup.Escape(step)}"));
            var results = await walker.RunAsync(cancellationToken);
            WalkReport.Print(AnsiConsole.Console, results);
            return results.All(result => result.IsAsExpected) ? 0 : 1;
        }
        catch (Exception e) when (e is WalkException or InvalidDataException or IOException or HttpRequestException)
        {
            return Fail(e.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Explain(Exception e, int port) => e is IOException && e.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase)
        ? $"Port {port} or {port + 1} is taken by another program. Stop that, or choose another with --port."
        : e.Message;

    static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
