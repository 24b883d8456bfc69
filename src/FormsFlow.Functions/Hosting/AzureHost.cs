using FormsFlow.Application;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Functions.Orchestration;
using FormsFlow.GoogleSheets;
using FormsFlow.Mail;
using FormsFlow.Mail.Settings;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Web;
using FormsFlow.Web.Hosting;
using FormsFlow.Web.MailEvents;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FormsFlow.Functions.Hosting;

/// <summary>FormsFlow in Azure Functions: the durable engine, the sheets, the mails and the pages.</summary>
static class AzureHost
{
    /// <summary>Every setting that this host reads; the one-machine server's own sections are let be, since one file serves both.</summary>
    static readonly SettingNames Names = new SettingNames()
        .With<FormsFlowOptions>(FormsFlowOptions.Section)
        .With<GoogleOptions>(GoogleOptions.Section)
        .With<MailOptions>(MailOptions.Section)
        .With<SendGridEventOptions>(SendGridEventOptions.Section)
        .With<AzureTablesStoreOptions>(AzureTablesStoreOptions.Section);

    /// <param name="vault">The app's own if null.</param>
    /// <param name="time">The machine's if null.</param>
    /// <returns>Everything that is wrong with the settings; nothing was registered then.</returns>
    public static IReadOnlyList<string> AddFormsFlowOnAzure(this IHostApplicationBuilder builder, Vault? vault = null, TimeProvider? time = null)
    {
        var settings = AzureSettings.Read(builder.Configuration, vault ?? Vault.OfThisApp(), time ?? TimeProvider.System);
        if (settings.Problems.Count > 0) return settings.Problems;

        builder.Services
            .AddSingleton(settings)
            .AddSingleton(_ => settings.Signer)
            // A factory may give null: where there is no secret, nobody may nudge.
            .AddSingleton(_ => settings.Nudge!)
            .AddFormsFlow(settings.Installation)
            .AddFormsFlowTick()
            .AddAdapters(builder.Configuration, settings.Sheets)
            .WatchMail()
            .AddSingleton(SiteOptions.Of(settings.Installation))
            .AddFormsFlowWeb()
            .AddSingleton<FormsFlowPipeline>()
            .AddSingleton<DurableProcessEngine>()
            .AddSingleton<IProcessEngine>(provider => provider.GetRequiredService<DurableProcessEngine>())
            .AddSingleton<INudge, DurableNudge>()
            .AddHealthChecks().AddCheck<Readiness>("formsflow");
        // What is wrong was found above; a secret that the vault does not give yet must not keep the host from starting.
        builder.Services.RemoveAll<IStartupValidator>();
        Quieten(builder.Logging);
        return [];
    }

    /// <summary>What the adapters say of their own sections.</summary>
    public static IReadOnlyList<string> AdapterProblems(IConfiguration configuration)
    {
        var problems = new List<string>();
        var services = new ServiceCollection().AddSingleton(configuration).AddLogging().AddAdapters(configuration, []);
        using var provider = services.BuildServiceProvider();
        CheckedOptions.Read<AzureTablesStoreOptions>(provider, problems);
        CheckedOptions.Read<GoogleOptions>(provider, problems);
        CheckedOptions.Read<MailOptions>(provider, problems);
        CheckedOptions.Read<SendGridEventOptions>(provider, problems);
        problems.AddRange(Names.Problems(configuration));
        return problems;
    }

    static IServiceCollection AddAdapters(this IServiceCollection services, IConfiguration configuration, IReadOnlyList<ResponseSheetSettings> sheets) => services
        .AddAzureTablesStore(options => configuration.GetSection(AzureTablesStoreOptions.Section).Bind(options))
        .AddGoogleSheets(_ => sheets)
        .AddFormsFlowMail(configuration)
        .AddSendGridEvents();

    /// <summary>The levels in host.json are the host's own; what the frameworks in this process chat about is paid for by the line.</summary>
    static void Quieten(ILoggingBuilder logging)
    {
        foreach (var category in (string[])["Microsoft", "System.Net.Http", "Azure.Core", "Azure.Identity", "Polly"]) logging.AddFilter(category, LogLevel.Warning);
    }
}
