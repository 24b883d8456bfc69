using FormsFlow.Server.Engine;
using FormsFlow.Server.Hosting;
using FormsFlow.Server.Watching;
using Microsoft.Extensions.Configuration.Memory;

namespace FormsFlow.Server.Serve;

/// <summary>FormsFlow on one machine, for real use.</summary>
public static partial class ServeHost
{
    /// <param name="settings">A file in the format of <c>local.settings.json</c>; null to read environment variables only.</param>
    /// <param name="change">Replaces services before they are built, for tests that bring a clock of their own.</param>
    /// <exception cref="SettingsException">Everything that is wrong with the settings.</exception>
    public static WebApplication Build(string? settings, Action<IServiceCollection>? change = null)
    {
        var setup = ServeSetup.Read(settings);
        if (setup.Problems.Count > 0) throw new SettingsException(setup.Problems);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ServeHost).Assembly.GetName().Name,
            // The current folder usually holds the store: a watch over it would wake up at every write.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        // A default, and so before everything that may say otherwise: a line for each redirect and each file would bury what the log is read for.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore.Http.Result", "Warning")] });
        builder.Configuration.AddConfiguration(setup.Configuration);
        // systemd says where its journal listens; there each line bears its level, so that `journalctl -p warning` finds it.
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 }) builder.Logging.AddSystemdConsole();
        // A monitor asks every minute; two lines for each request would bury what the log is read for.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning);
        // What is out of order is logged where it is found, once for each cause; not again each time that a monitor asks.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.WebHost.UseUrls(setup.Serve.Listen.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddOneMachine(
            builder.Configuration, setup.Reading.Installation!, setup.Reading.Signer!, setup.Serve.Store, setup.Sheets,
            new SheetLoopOptions(setup.Reading.PollEvery, GatherFor: TimeSpan.FromSeconds(1)));

        if (setup.Reading.Nudge is { } nudge) builder.Services.AddSingleton(nudge);
        builder.Services.AddSingleton(setup.Serve);
        builder.Services.AddWatching(setup.Otlp);
        builder.Services.AddHostedService<MemoryReturn>();
        change?.Invoke(builder.Services);
        var app = builder.Build();
        foreach (var doubt in setup.Doubts) Log.Doubtful(app.Logger, doubt);
        app.UseKnownProxies(setup.Serve.KnownProxies).UseBasePath(setup.Reading.Installation!.BaseAddress);
        app.MapOneMachine();
        return app;
    }

    static partial class Log
    {
        [LoggerMessage(2041, LogLevel.Warning, "In the environment: {Doubt}")]
        public static partial void Doubtful(ILogger logger, string doubt);
    }
}
