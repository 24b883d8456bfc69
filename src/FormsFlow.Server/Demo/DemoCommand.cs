using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FormsFlow.Server.Walk;
using FormsFlow.SheetsEmulator.Hosting;
using Spectre.Console;

namespace FormsFlow.Server.Demo;

/// <summary><c>demo</c>: everything on one machine, nothing to configure.</summary>
static class DemoCommand
{
    static readonly Option<int?> Port = new("--port")
    {
        CustomParser = ReadPort,
        Description = $"Port of the start page; the stand-in for Google takes the next one. 0 takes any free ones. [default: where this folder's demo ran before, at first {DemoPorts.Usual}]",
    };

    static readonly Option<bool> Reset = new("--reset") { Description = "Forget everything and start over." };
    static readonly Option<string> Folder = new("--folder") { Description = "Where the demo keeps its state.", DefaultValueFactory = _ => ".formsflow" };
    static readonly Option<bool> WalkThrough = new("--walk") { Description = "Play the sample responses through without a browser, and check how each one ends. Leaves nothing behind." };
    static readonly Option<string?> Responses = new("--responses") { Description = "With --walk: a CSV file of your own; see samples/README.md." };

    /// <summary>A person needs at least this long to read a page and choose.</summary>
    static readonly TimeSpan ShortestReading = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var command = new Command("demo", "Try FormsFlow on this machine: a form, a sheet, an inbox and the whole process. Nothing to configure.")
        {
            Port, Reset, Folder, WalkThrough, Responses,
        };
        command.Validators.Add(result =>
        {
            var walks = result.GetResult(WalkThrough) is { Implicit: false };
            if (!walks && result.GetResult(Responses) is { Implicit: false })
                result.AddError("--responses goes with --walk: demo --walk --responses my-responses.csv");
            if (!walks) return;
            foreach (var option in (Option[])[Port, Reset, Folder])
                if (result.GetResult(option) is { Implicit: false })
                    result.AddError($"{option.Name} does not go with --walk: a walk takes free ports and a folder of its own, which it deletes at the end.");
        });
        command.SetAction((parse, cancellationToken) => parse.GetValue(WalkThrough)
            ? WalkAsync(parse.GetValue(Responses), cancellationToken)
            : ServeAsync(parse.GetValue(Folder)!, parse.GetValue(Port), parse.GetValue(Reset), cancellationToken));
        return command;
    }

    static int? ReadPort(ArgumentResult result)
    {
        var typed = result.Tokens[0].Value;
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= DemoPorts.Last) return port;
        result.AddError($"--port is '{typed}'; it should be a number from 0 (any free port) to {DemoPorts.Last}, such as {DemoPorts.Usual}.");
        return null;
    }

    static async Task<int> ServeAsync(string path, int? wanted, bool reset, CancellationToken cancellationToken)
    {
        try
        {
            var before = reset && Directory.Exists(path) ? new DemoFolder(path).EarlierAddress : null;
            if (reset) DemoFolder.Reset(path);
            var folder = new DemoFolder(path);
            var earlier = folder.EarlierAddress;
            await using (var demo = await DemoHost.StartAsync(folder, wanted ?? (earlier ?? before)?.Port ?? DemoPorts.Usual, ShortestReading, cancellationToken))
            {
                if (before is not null) Console.WriteLine("Everything was forgotten.");
                Console.WriteLine("FormsFlow is running. Open this address and follow the three steps:");
                Console.WriteLine();
                Console.WriteLine($"    {demo.Address}");
                Console.WriteLine();
                Console.WriteLine($"Everything is kept in {folder.Root}.");
                Console.WriteLine("Ctrl+C stops it; the same command goes on where it was.");
                if (earlier is not null && earlier != demo.Address)
                    Console.WriteLine($"Links in e-mails that were sent before lead to {earlier}, where nobody answers now. To use them, start with --port {earlier.Port}.");
                await demo.WaitForShutdownAsync(cancellationToken);
            }

            Console.WriteLine($"Stopped. Everything is kept in {folder.Root}.");
            return 0;
        }
        catch (FolderInUseException e)
        {
            return Fail($"A demo is running in {e.Folder} already{(e.Address is null ? "" : $": open {e.Address}")}. To start another beside it: demo --folder another-folder --port {DemoPorts.FindNear(e.Address?.Port ?? DemoPorts.Usual)}");
        }
        catch (Exception e) when (e is PortTakenException or IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }
    }

    static async Task<int> WalkAsync(string? responses, CancellationToken cancellationToken)
    {
        IReadOnlyList<SampleResponse> samples;
        try
        {
            samples = SampleFile.Read(responses ?? SampleFiles.Find("responses.csv"));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }

        var folder = Directory.CreateTempSubdirectory("formsflow-walk-").FullName;
        try
        {
            await using var demo = await DemoHost.StartAsync(new DemoFolder(folder), 0, TimeSpan.Zero, cancellationToken);
            var progress = new WalkProgress(AnsiConsole.Console, TimeProvider.System);
            using var walker = new Walker(demo, samples, progress.Show);
            var results = await walker.RunAsync(cancellationToken);
            progress.End();
            WalkReport.Print(AnsiConsole.Console, results);
            return results.All(result => result.IsAsExpected) ? 0 : 1;
        }
        catch (Exception e) when (e is WalkException or IOException or HttpRequestException)
        {
            return Fail(e.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
