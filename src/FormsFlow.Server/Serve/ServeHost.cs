using FormsFlow.Application.Settings;
using FormsFlow.GoogleSheets;
using FormsFlow.Mail.Settings;
using FormsFlow.Server.Engine;
using FormsFlow.Server.Hosting;
using Microsoft.Extensions.Options;

namespace FormsFlow.Server.Serve;

/// <summary>FormsFlow on one machine, for real use.</summary>
public static class ServeHost
{
    /// <param name="settings">A file in the format of <c>local.settings.json</c>; null to read environment variables only.</param>
    /// <exception cref="SettingsException">Everything that is wrong with the settings.</exception>
    /// <param name="change">Replaces services before they are built, for tests that bring a clock of their own.</param>
    public static WebApplication Build(string? settings, Action<IServiceCollection>? change = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ServeHost).Assembly.GetName().Name });
        if (settings is not null) builder.Configuration.AddInMemoryCollection(SettingsFile.Read(settings));
        builder.Configuration.AddEnvironmentVariables();

        var options = builder.Configuration.GetSection(FormsFlowOptions.Section).Get<FormsFlowOptions>() ?? new FormsFlowOptions();
        var reading = InstallationReader.Read(options);
        var problems = reading.Problems.ToList();
        var serve = ServeReader.Read(builder.Configuration, problems);
        problems.AddRange(OtherProblems(builder.Configuration));
        if (problems.Count > 0) throw new SettingsException(problems);

        builder.WebHost.UseUrls(serve.Listen.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddOneMachine(
            builder.Configuration, reading.Installation!, reading.Signer!, serve.Store,
            [.. options.Forms.Select(form => new ResponseSheetSettings(
                form.Key!.Trim(), form.Spreadsheet!.Trim(), Given(form.ResponseTab), Given(form.DashboardTab) ?? "FormsFlow"))],
            new SheetLoopOptions(reading.PollEvery, GatherFor: TimeSpan.FromSeconds(1)));

        change?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseKnownProxies(serve.KnownProxies).UseBasePath(reading.Installation!.BaseAddress);
        app.MapOneMachine();
        return app;
    }

    /// <summary>What the adapters say of their own sections, before anything starts.</summary>
    static List<string> OtherProblems(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddSingleton(configuration).AddLogging();
        services.AddGoogleSheets(_ => []);
        Mail.MailRegistration.AddFormsFlowMail(services, configuration);
        using var provider = services.BuildServiceProvider();
        return [.. Problems<GoogleOptions>(provider), .. Problems<MailOptions>(provider)];
    }

    static IEnumerable<string> Problems<T>(IServiceProvider provider) where T : class
    {
        try
        {
            _ = provider.GetRequiredService<IOptions<T>>().Value;
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
