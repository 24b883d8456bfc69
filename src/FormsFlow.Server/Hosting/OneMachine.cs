using FormsFlow.Application;
using FormsFlow.Application.Links;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.GoogleSheets;
using FormsFlow.Mail;
using FormsFlow.Server.Engine;
using FormsFlow.Server.Serve;
using FormsFlow.Server.Watching;
using FormsFlow.Web;
using FormsFlow.Web.Hosting;
using FormsFlow.Web.MailEvents;

namespace FormsFlow.Server.Hosting;

/// <summary>FormsFlow on one machine: the embedded engine over a store, the sheets, the mails and the pages in one process.</summary>
public static class OneMachine
{
    public static IServiceCollection AddOneMachine(
        this IServiceCollection services, IConfiguration configuration, Installation installation, LinkSigner signer, StoreSettings store,
        IReadOnlyList<ResponseSheetSettings> sheets, SheetLoopOptions loop) => services
            .AddFormsFlow(installation)
            .AddSingleton(signer)
            .AddStore(store)
            .AddGoogleSheets(_ => sheets)
            .AddFormsFlowMail(configuration)
            .WatchMail()
            .AddSingleton(SiteOptions.Of(installation))
            .AddFormsFlowWeb()
            .AddSendGridEvents()
            .AddHealthChecks().AddCheck<Readiness>("formsflow").Services
            .AddSingleton(new EngineOptions())
            .AddSingleton(loop)
            .AddSingleton<SheetSignal>()
            .AddSingleton<Courtesy>()
            .AddSingleton<StoreWatch>()
            .AddSingleton<EmbeddedEngine>()
            .AddSingleton<IProcessEngine>(provider => provider.GetRequiredService<EmbeddedEngine>())
            .AddHostedService(provider => provider.GetRequiredService<EmbeddedEngine>())
            .AddHostedService<TroubleTeller>()
            .AddHostedService<OutageTeller>()
            .AddSingleton<StrandedProposals>()
            .AddHostedService<StrandedTeller>()
            .AddHostedService<ClockWatcher>()
            .AddSingleton<SheetLoop>()
            .AddSingleton<INudge>(provider => provider.GetRequiredService<SheetLoop>())
            .AddHostedService(provider => provider.GetRequiredService<SheetLoop>());

    public static WebApplication MapOneMachine(this WebApplication app)
    {
        var courtesy = app.Services.GetRequiredService<Courtesy>();
        app.Use(async (context, next) =>
        {
            Urgency.Begin();
            using (courtesy.Serve()) await next(context);
        });
        app.UseFormsFlowWeb();
        app.UseRouting();
        app.MapFormsFlowPages();
        app.MapFormsFlowHealth();
        return app;
    }
}
