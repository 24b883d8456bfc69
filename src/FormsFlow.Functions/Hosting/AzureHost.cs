using FormsFlow.Application;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Functions.Orchestration;
using FormsFlow.GoogleSheets;
using FormsFlow.Mail;
using FormsFlow.Web;
using FormsFlow.Web.Hosting;
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
        var problems = reading.Problems.Concat(SettingsProblems.Of(builder.Configuration, services => services.AddAdapters(builder.Configuration, []))).ToList();
        if (problems.Count > 0) return problems;

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
        return [];
    }

    static IServiceCollection AddAdapters(this IServiceCollection services, IConfiguration configuration, IReadOnlyList<ResponseSheetSettings> sheets) => services
        .AddGoogleSheets(_ => sheets)
        .AddFormsFlowMail(configuration);
}
