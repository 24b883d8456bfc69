using FormsFlow.Application.Settings;
using FormsFlow.GoogleSheets;
using FormsFlow.Mail.Settings;
using FormsFlow.Server.Watching;
using FormsFlow.Web.Hosting;
using FormsFlow.Web.MailEvents;

namespace FormsFlow.Server.Serve;

/// <summary>All settings as they were understood, with everything that is wrong with them.</summary>
/// <param name="Google">Null if that section is wrong.</param>
/// <param name="Mail">Null if that section is wrong.</param>
/// <param name="Otlp">Null if telemetry is off.</param>
/// <param name="Problems">Of all sections. Never a secret.</param>
public sealed record ServeSetup(
    IConfiguration Configuration, FormsFlowOptions Options, InstallationReading Reading, ServeSettings Serve, GoogleOptions? Google, MailOptions? Mail, OtlpOptions? Otlp,
    IReadOnlyList<string> Problems)
{
    /// <summary>Variables of the environment that were most likely meant for FormsFlow, and that it does not read. Never a value.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Read from the current folder, if no other is named.</summary>
    public const string DefaultFile = "local.settings.json";

    /// <summary>Where each form's responses are.</summary>
    public IReadOnlyList<ResponseSheetSettings> Sheets => [.. Options.Forms.Select(ResponseSheetSettings.Of)];

    /// <summary>Everything may come from the environment: only a file that was asked for by name has to be there.</summary>
    /// <returns>The file to read; null if there is none.</returns>
    public static string? FileToRead(string? named) => named ?? (File.Exists(DefaultFile) ? DefaultFile : null);

    /// <param name="file">In the format of <c>local.settings.json</c>; null to read environment variables only.</param>
    /// <exception cref="SettingsException">The file cannot be read as settings at all.</exception>
    public static ServeSetup Read(string? file)
    {
        var written = new ConfigurationBuilder().AddInMemoryCollection(file is null ? [] : SettingsFile.Read(file)).Build();
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var configuration = new ConfigurationBuilder().AddConfiguration(written).AddConfiguration(environment).Build();
        var inEnvironment = KnownSettings.Names.Judge(environment, FormsFlowOptions.Section);
        var problems = KnownSettings.Names.Problems(written).Union(inEnvironment.Problems).ToList();
        var options = Bound(configuration.GetSection(FormsFlowOptions.Section), problems);
        var reading = InstallationReader.Read(options);
        problems.AddRange(reading.Problems);
        problems.AddRange(ResponseSheetSettings.Problems(options.Forms));
        var serve = ServeReader.Read(configuration, problems);

        // What the adapters say of their own sections, before anything starts.
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging();
        services.AddGoogleSheets(_ => []).AddSendGridEvents();
        FormsFlow.Mail.MailRegistration.AddFormsFlowMail(services, configuration);
        using var provider = services.BuildServiceProvider();
        CheckedOptions.Read<SendGridEventOptions>(provider, problems);
        return new ServeSetup(configuration, options, reading, serve, CheckedOptions.Read<GoogleOptions>(provider, problems), CheckedOptions.Read<MailOptions>(provider, problems),
            OtlpOptions.Read(configuration, problems), problems.ConvertAll(SettingsException.Shown))
        {
            Doubts = [.. inEnvironment.Doubts.Select(SettingsException.Shown)],
        };
    }

    /// <summary>Whoever set <c>FORMSFLOW</c> alone named no setting, and is told so here; everything below is among the names.</summary>
    static FormsFlowOptions Bound(IConfigurationSection section, List<string> problems)
    {
        if (string.IsNullOrEmpty(section.Value)) return section.Get<FormsFlowOptions>() ?? new FormsFlowOptions();
        problems.Add($"{section.Path} is a text; it should be a group of settings, such as {section.Path}:District.");
        return new FormsFlowOptions();
    }
}
