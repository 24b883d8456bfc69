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
using Microsoft.Extensions.Hosting;

namespace FormsFlow.Functions.Hosting;

/// <summary>FormsFlow in Azure Functions: the durable engine, the sheets, the mails and the pages.</summary>
static class AzureHost
{
    /// <returns>Everything that is wrong with the settings; nothing was registered then.</returns>
    public static IReadOnlyList<string> AddFormsFlowOnAzure(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(FormsFlowOptions.Section).Get<FormsFlowOptions>() ?? new FormsFlowOptions();
        var reading = InstallationReader.Read(options);
        var problems = reading.Problems.Concat(ResponseSheetSettings.Problems(options.Forms)).ToList();
        AddAdapterProblems(builder.Configuration, problems);
        if (UnresolvedSecrets.Among(builder.Configuration, problems) is { Count: > 0 } all) return all;

        var installation = reading.Installation!;
        builder.Services
            .AddFormsFlow(installation, reading.Signer!)
            .AddFormsFlowTick()
            .AddAdapters(builder.Configuration, [.. options.Forms.Select(ResponseSheetSettings.Of)])
            .WatchMail()
            .AddSingleton(SiteOptions.Of(installation))
            .AddFormsFlowWeb()
            .AddSingleton<FormsFlowPipeline>()
            .AddSingleton<DurableProcessEngine>()
            .AddSingleton<IProcessEngine>(provider => provider.GetRequiredService<DurableProcessEngine>())
            .AddHealthChecks().AddCheck<Readiness>("formsflow");
        if (reading.Nudge is { } nudge) builder.Services.AddSingleton(nudge);
        return [];
    }

    static void AddAdapterProblems(IConfiguration configuration, List<string> problems)
    {
        var services = new ServiceCollection().AddSingleton(configuration).AddLogging().AddAdapters(configuration, []);
        using var provider = services.BuildServiceProvider();
        CheckedOptions.Read<AzureTablesStoreOptions>(provider, problems);
        CheckedOptions.Read<GoogleOptions>(provider, problems);
        CheckedOptions.Read<MailOptions>(provider, problems);
        CheckedOptions.Read<SendGridEventOptions>(provider, problems);
    }

    static IServiceCollection AddAdapters(this IServiceCollection services, IConfiguration configuration, IReadOnlyList<ResponseSheetSettings> sheets) => services
        .AddAzureTablesStore(options => configuration.GetSection(AzureTablesStoreOptions.Section).Bind(options))
        .AddGoogleSheets(_ => sheets)
        .AddFormsFlowMail(configuration)
        .AddSendGridEvents();
}
