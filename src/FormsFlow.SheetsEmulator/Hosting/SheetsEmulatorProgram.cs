using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using FormsFlow.SheetsEmulator.Forms;

namespace FormsFlow.SheetsEmulator.Hosting;

/// <summary>The emulator as a program of its own.</summary>
internal static class SheetsEmulatorProgram
{
    private const string Usage = """
        A local Google Sheets: the v4 REST API, a token endpoint, a form.

          --port N        where to listen (default 5199; 0: any free port)
          --data DIR      where to keep the spreadsheets (default .formsflow/sheets)
          --form FILE     the form to offer, for example samples/proposal-form.json
          --quotas        answer 429 as Google does: 300 reads and 300 writes a minute, 60 and 60 per account
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        SheetsEmulatorOptions options;
        try
        {
            options = Options(args);
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or JsonException)
        {
            await Console.Error.WriteLineAsync($"{wrong.Message}\n\n{Usage}");
            return 2;
        }
        try
        {
            return await RunAsync(options);
        }
        catch (FolderInUseException taken)
        {
            return await RefuseAsync(
                $"{taken.Folder} is in use by another Sheets emulator{(taken.Address is null ? "" : $", at {taken.Address}")}. Use that one, stop it first, or choose another folder with --data.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(wrong.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase)
                ? $"Port {options.Port} is taken by another program. Choose another with --port (0 takes any free one)."
                : wrong.Message);
        }
    }

    private static async Task<int> RefuseAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return 1;
    }

    private static async Task<int> RunAsync(SheetsEmulatorOptions options)
    {
        await using var host = await SheetsEmulatorHost.StartAsync(options, CancellationToken.None);
        var credentials = Path.GetFullPath(Path.Combine(options.DataDirectory!, "credentials.json"));
        await File.WriteAllTextAsync(credentials, host.CredentialsOf());
        Console.WriteLine($"Sheets emulator: {host.BaseAddress}");
        Console.WriteLine($"  credentials of a service account: {credentials}");
        foreach (var spreadsheet in host.Store.List())
            Console.WriteLine($"  {spreadsheet.Title}: {spreadsheet.Id}");
        Console.WriteLine($"Ctrl+C stops it; everything is kept in {Path.GetFullPath(options.DataDirectory!)}.");
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
                default:
                    throw new FormatException($"Not understood: {string.Join(' ', args[i..])}");
            }
            i++;
        }
        return options;
    }
}
