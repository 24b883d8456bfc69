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
            async services => Say("Exported", await Exporting.WriteAsync(services.GetRequiredService<IProposalArchive>(), parse.GetValue(File)!, TimeProvider.System, Tell, cancellationToken))));
        return command;
    }

    public static Command CreateImport()
    {
        var command = new Command("import", "Put what was exported into an empty store. Start FormsFlow when it is done.") { File, Settings };
        command.SetAction((parse, cancellationToken) => RunAsync(
            parse.GetValue(Settings),
            async services => Say("Imported", await Importing.ReadAsync(
                parse.GetValue(File)!, services.GetRequiredService<IProposalStore>(), services.GetRequiredService<IProposalArchive>(), Tell, cancellationToken))));
        return command;
    }

    static async Task<int> RunAsync(string? settings, Func<IServiceProvider, Task<string>> act)
    {
        try
        {
            var file = ServeSetup.FileToRead(settings);
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(file is null ? [] : SettingsFile.Read(file)).AddEnvironmentVariables().Build();
            var problems = new List<string>();
            var store = StoreSettings.Read(configuration, problems);
            if (problems.Count > 0) throw new SettingsException(problems);

            await using var services = new ServiceCollection().AddLogging().AddStore(store).BuildServiceProvider();
            Console.WriteLine(await act(services));
            return 0;
        }
        catch (SettingsException e)
        {
            foreach (var problem in e.Problems) await Console.Error.WriteLineAsync(problem);
            return 1;
        }
        catch (Exception e) when (e is MovingException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    static void Tell(int proposals) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {proposals:N0} proposals"));

    static string Say(string what, MovingReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{what} {report.Proposals:N0} proposals with {report.Events:N0} events, and {report.Notes:N0} notes (SHA-256 {report.Sha256}).{(report.AlreadyThere > 0 ? $" {report.AlreadyThere:N0} of them were there already." : "")}");
}
