using System.CommandLine;
using FormsFlow.Storage.Sqlite;

namespace FormsFlow.Server.Serve;

/// <summary><c>serve</c>: for real use.</summary>
static class ServeCommand
{
    const string DefaultFile = "local.settings.json";

    static readonly Option<string> Settings = new("--settings") { Description = "The settings file; environment variables win over it.", DefaultValueFactory = _ => DefaultFile };

    public static Command Create()
    {
        var command = new Command("serve", "Run FormsFlow for real, with the settings of local.settings.json and the environment.") { Settings };
        command.SetAction((parse, cancellationToken) => RunAsync(parse.GetValue(Settings)!, cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(string settings, CancellationToken cancellationToken)
    {
        try
        {
            // Everything may come from the environment: only a file that was asked for by name has to be there.
            await using var app = ServeHost.Build(settings == DefaultFile && !File.Exists(settings) ? null : settings);
            await app.StartAsync(cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (SettingsException e)
        {
            await Console.Error.WriteLineAsync(e.Problems.Count == 1 ? "One setting is wrong:" : $"{e.Problems.Count} settings are wrong:");
            foreach (var problem in e.Problems) await Console.Error.WriteLineAsync($"  {problem}");
            return 1;
        }
        catch (Exception e) when (e is SqliteStoreException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
