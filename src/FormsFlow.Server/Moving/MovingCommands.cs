using System.CommandLine;
using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.Server.Hosting;
using FormsFlow.Server.Serve;

namespace FormsFlow.Server.Moving;

/// <summary><c>export</c> and <c>import</c>: all that a store holds, out of it into a file, and out of the file into another one.</summary>
static class MovingCommands
{
    static readonly Option<string?> Settings = new("--settings") { Description = "The settings file; environment variables win over it. Only Storage is read. [default: local.settings.json]" };
    static readonly Argument<string> File = new("file") { Description = "The file, with everything in it: keep it as safe as the store." };

    public static Command CreateExport()
    {
        var command = new Command("export", "Write every proposal with its history into a file. Stop FormsFlow first.") { File, Settings };
        command.SetAction((parse, cancellationToken) => RunAsync(
            parse.GetValue(Settings),
            async (store, services) =>
            {
                RefuseIfMissing(store);
                var report = await Exporting.WriteAsync(services.GetRequiredService<IProposalArchive>(), parse.GetValue(File)!, TimeProvider.System, Tell, cancellationToken);
                return (Say("Exported", report), report.Proposals > 0 ? "" : $"There is no proposal in {Named(store)}, and none in the file. If there should be some, see that {Setting(store)} is the one that FormsFlow ran with.");
            }));
        return command;
    }

    public static Command CreateImport()
    {
        var command = new Command("import", "Put what was exported into an empty store. Start FormsFlow when it is done.") { File, Settings };
        command.SetAction((parse, cancellationToken) => RunAsync(
            parse.GetValue(Settings),
            async (_, services) =>
            {
                var file = parse.GetValue(File)!;
                // Before the store is opened, and made.
                if (!System.IO.File.Exists(file)) throw new MovingException($"There is no file '{Path.GetFullPath(file)}'; nothing was imported.");
                var report = await Importing.ReadAsync(file, services.GetRequiredService<IProposalStore>(), services.GetRequiredService<IProposalArchive>(), Tell, cancellationToken);
                return (Say("Imported", report), report.Proposals > 0 ? "" : $"There is no proposal in '{Path.GetFullPath(file)}', so none was put into the store. If there should be some, it was exported from another store than FormsFlow ran with.");
            }));
        return command;
    }

    static async Task<int> RunAsync(string? settings, Func<StoreSettings, IServiceProvider, Task<(string Done, string Warning)>> act)
    {
        var file = ServeSetup.FileToRead(settings);
        try
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(file is null ? [] : SettingsFile.Read(file)).AddEnvironmentVariables().Build();
            var problems = new List<string>();
            var store = StoreSettings.Read(configuration, problems);
            if (problems.Count > 0) throw new SettingsException(problems);

            await using var services = new ServiceCollection().AddLogging().AddStore(store).BuildServiceProvider();
            var (done, warning) = await act(store, services);
            Console.WriteLine(done);
            if (warning.Length > 0) await Console.Error.WriteLineAsync($"WARNING  {warning}");
            return 0;
        }
        catch (SettingsException e)
        {
            return await SettingsTrouble.TellAsync(e, file);
        }
        catch (Exception e) when (e is MovingException or MissingStoreException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            if (file is null && e is MissingStoreException) await Console.Error.WriteLineAsync(SettingsTrouble.NoFile());
            return 1;
        }
    }

    /// <summary>Whoever opens a file that is not there makes it: an export of it would look as if all were well.</summary>
    static void RefuseIfMissing(StoreSettings store)
    {
        if (store is not StoreSettings.Sqlite { File: var file } || new FileInfo(file) is { Exists: true, Length: > 0 }) return;
        throw new MissingStoreException($"There is no store '{Path.GetFullPath(file)}'; nothing was exported. Set Storage:Path to the store that FormsFlow runs with (in the settings file, or as the environment variable Storage__Path).");
    }

    static string Named(StoreSettings store) => store is StoreSettings.Sqlite { File: var file } ? $"the store '{Path.GetFullPath(file)}'" : "the tables of the storage account";

    static string Setting(StoreSettings store) => store is StoreSettings.Sqlite ? "Storage:Path" : "Storage:AzureTables (the account, and Prefix)";

    static void Tell(int proposals) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {proposals:N0} proposals"));

    static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");

    static string Say(string what, MovingReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{what} {Count(report.Proposals, "proposal")} with {Count(report.Events, "event")}, and {Count(report.Notes, "note")} (SHA-256 {report.Sha256}).{(report.AlreadyThere > 0 ? $" {report.AlreadyThere:N0} of them {(report.AlreadyThere == 1 ? "was" : "were")} there already." : "")}");
}

/// <summary>There is nothing to read from.</summary>
sealed class MissingStoreException(string message) : Exception(message);
