using System.CommandLine;
using System.Globalization;
using FormsFlow.Application.Intake;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Server.Hosting;
using FormsFlow.Server.Moving;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Storage.Sqlite;

namespace FormsFlow.Server.Serve;

/// <summary><c>serve</c>: for real use.</summary>
static partial class ServeCommand
{
    static readonly Option<string?> Settings = new("--settings") { Description = "The settings file; environment variables win over it. [default: local.settings.json]" };

    /// <summary>Whoever knows the demo's looks for it here.</summary>
    static readonly Option<string?> Port = new("--port") { Hidden = true, Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        Port.Validators.Add(result => result.AddError(
            $"serve has no --port: address and port are the setting Server:Listen, such as http://127.0.0.1:{(result.Tokens is [{ Value: var typed }] && ushort.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 8080)}, in local.settings.json or as the environment variable Server__Listen."));
        var command = new Command("serve", "Run FormsFlow for real, with the settings of local.settings.json and the environment.") { Settings, Port };
        command.SetAction((parse, cancellationToken) => RunAsync(parse.GetValue(Settings), cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(string? settings, CancellationToken cancellationToken)
    {
        var file = ServeSetup.FileToRead(settings);
        try
        {
            await using var app = ServeHost.Build(file);
            // Before anything else: a second start must not take the first one's turn at a sheet.
            var listen = app.Services.GetRequiredService<ServeSettings>().Listen;
            if (PortProbe.Refusal(listen) is { } refusal)
            {
                await Console.Error.WriteLineAsync($"{listen.GetLeftPart(UriPartial.Authority)} {refusal}");
                return 1;
            }

            if (await IsHalfImportedAsync(app.Services, cancellationToken))
            {
                await Console.Error.WriteLineAsync("An import into this store was begun and not finished. Run it again with the same file, then start FormsFlow: whatever is missing would be taken in anew.");
                return 1;
            }

            await app.StartAsync(cancellationToken);
            await IntroduceAsync(app, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (SettingsException e)
        {
            return await SettingsTrouble.TellAsync(e, file);
        }
        catch (Exception e) when (e is SqliteStoreException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>Whoever finds two installations on one sheet needs to know which is which.</summary>
    static async Task IntroduceAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var installation = app.Services.GetRequiredService<Installation>();
        try
        {
            Log.Introduced(app.Logger, installation.District, installation.BaseAddress, await app.Services.GetRequiredService<SheetOwnership>().IdAsync(cancellationToken));
        }
        catch (StoreUnavailableException)
        {
            // Whoever uses the store reports it.
        }
    }

    static partial class Log
    {
        [LoggerMessage(2042, LogLevel.Information, "FormsFlow of {District} runs at {Address}; it is the installation {Installation}")]
        public static partial void Introduced(ILogger logger, string district, Uri address, string installation);
    }

    /// <summary>A storage account that is away is no reason not to start: it is asked again until it is back.</summary>
    static async Task<bool> IsHalfImportedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            return await Importing.IsUnfinishedAsync(services.GetRequiredService<IProposalStore>(), cancellationToken);
        }
        catch (AzureTablesStoreException)
        {
            return false;
        }
    }
}
