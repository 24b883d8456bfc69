using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using FormsFlow.SheetsEmulator.Forms;

namespace FormsFlow.SheetsEmulator.Hosting;

/// <summary>The emulator as a program of its own.</summary>
internal static class SheetsEmulatorProgram
{
    private const string Usage = """
        A stand-in for Google Sheets and Google Forms on this machine: the Sheets API (v4) with sign-in for service accounts, a form and a
        sheet to open in a browser. Programs reach it if they are told its address; FormsFlow by the setting Google:BaseAddress.
        It has no lock on its door and listens on this machine only.

        Options:
          --port N        where to listen (default 5199; 0: any free port)
          --data DIR      where to keep the spreadsheets, and credentials.json for programs (default .formsflow/sheets)
          --form FILE     the form to offer, for example samples/proposal-form.json; a spreadsheet for its responses is made
          --quotas        answer 429 as Google does: 300 reads and 300 writes a minute, 60 and 60 per account
          --help          this

        Example, in a clone of FormsFlow's repository; then open http://localhost:5199/:
          dotnet run --project src/FormsFlow.SheetsEmulator -- --form samples/proposal-form.json --data .formsflow/rehearsal/sheets
        """;

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <param name="args">The command line.</param>
    /// <param name="output">For what was asked for.</param>
    /// <param name="errors">For what is wrong.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args.Any(argument => argument is "--help" or "-h" or "-?" or "/?"))
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }

        SheetsEmulatorOptions options;
        try
        {
            options = Options(args);
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or JsonException)
        {
            await errors.WriteLineAsync($"{wrong.Message}\n\n{Usage}");
            return 2;
        }
        try
        {
            return await RunAsync(options, output);
        }
        catch (FolderInUseException taken)
        {
            return await RefuseAsync(
                errors,
                $"{taken.Folder} is in use by another Sheets emulator{(taken.Address is null ? "" : $", at {taken.Address}")}. Use that one, stop it first, or choose another folder with --data.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(errors, wrong.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase)
                ? $"Port {options.Port} is taken by another program. Choose another with --port (0 takes any free one)."
                : wrong.Message);
        }
    }

    private static async Task<int> RefuseAsync(TextWriter errors, string message)
    {
        await errors.WriteLineAsync(message);
        return 1;
    }

    private static async Task<int> RunAsync(SheetsEmulatorOptions options, TextWriter output)
    {
        await using var host = await SheetsEmulatorHost.StartAsync(options, CancellationToken.None);
        var credentials = Path.GetFullPath(Path.Combine(options.DataDirectory!, "credentials.json"));
        await File.WriteAllTextAsync(credentials, host.CredentialsOf());
        await output.WriteLineAsync($"Sheets emulator: {host.BaseAddress}");
        await output.WriteLineAsync($"  credentials of a service account: {credentials}");
        foreach (var spreadsheet in host.Store.List())
            await output.WriteLineAsync($"  {spreadsheet.Title}: {spreadsheet.Id}");
        await output.WriteLineAsync($"Ctrl+C stops it; everything is kept in {Path.GetFullPath(options.DataDirectory!)}.");
        await SignalToEndAsync();
        return 0;
    }

    private static async Task SignalToEndAsync()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await told.Task;

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            told.TrySetResult();
        }
    }

    private static SheetsEmulatorOptions Options(string[] args)
    {
        var options = new SheetsEmulatorOptions { Port = 5199, DataDirectory = Path.Combine(".formsflow", "sheets") };
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--quotas":
                    options = options with { Quotas = new() };
                    continue;
                case "--port" when int.TryParse(value, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65535:
                    options = options with { Port = port };
                    break;
                case "--data" when value is not null:
                    options = options with { DataDirectory = value };
                    break;
                case "--form" when value is not null:
                    options = options with { Form = FormResponses.Load(value) };
                    break;
                case "--port" when value is not null:
                    throw new FormatException($"--port is '{value}'; it should be a number from 0 (any free port) to 65535, such as 5199.");
                case "--port" or "--data" or "--form":
                    throw new FormatException($"{args[i]} says nothing; something should follow it.");
                default:
                    throw new FormatException($"Not understood: {string.Join(' ', args[i..])}");
            }
            i++;
        }
        return options;
    }
}
