using FormsFlow.Application.Intake;
using FormsFlow.Application.Links;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FormsFlow.Application;

public static class ApplicationServices
{
    /// <summary>For a host that is called at intervals instead of running all the time.</summary>
    public static IServiceCollection AddFormsFlowTick(this IServiceCollection services) => services
        .AddSingleton(TurnOptions.Lapsing)
        .AddSingleton<SharedTroubles>()
        .AddSingleton<Func<SharedTroubles>>(provider => provider.GetRequiredService<SharedTroubles>)
        .AddSingleton<IPresentTroubles>(provider => provider.GetRequiredService<SharedTroubles>())
        .AddHostedService<TroubleSharing>()
        .AddSingleton<RollCall>()
        .AddSingleton(SweepOptions.Default)
        .AddSingleton<Sweep>()
        .AddSingleton(TickOptions.Default)
        .AddSingleton<Tick>()
        .AddSingleton<Func<Tick>>(provider => provider.GetRequiredService<Tick>);

    /// <summary>Puts <see cref="WatchedMailer"/> before whichever mailer was registered.</summary>
    public static IServiceCollection WatchMail(this IServiceCollection services)
    {
        var mailer = services.Last(service => service.ServiceType == typeof(IMailer));
        services.Remove(mailer);
        return services.AddSingleton<IMailer>(provider => ActivatorUtilities.CreateInstance<WatchedMailer>(
            provider, (IMailer)ActivatorUtilities.CreateInstance(provider, mailer.ImplementationType!)));
    }

    /// <summary>Everything that both hosts share. They add a store, a mailer, the sheets, an engine and a <see cref="LinkSigner"/>.</summary>
    public static IServiceCollection AddFormsFlow(this IServiceCollection services, Installation installation)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(installation)
            .AddSingleton<Troubles>()
            .AddSingleton<IPresentTroubles, TroublesOfOneProcess>()
            .AddSingleton<ClockWatch>()
            .AddSingleton<TroubleNotices>()
            .AddSingleton<OutageNotices>()
            .AddSingleton<LinkMaker>()
            .AddSingleton<MailComposer>()
            .AddSingleton<ProposalRunner>()
            .AddSingleton<EffectPerformer>()
            .AddSingleton<DeliveryReports>()
            .AddSingleton<SheetOwnership>()
            .AddSingleton<ResponseIntake>()
            .AddSingleton<DashboardHead>()
            .AddSingleton<SheetPublisher>()
            .AddSingleton<InspectionSchedule>()
            .AddSingleton<SheetInspector>()
            .AddSingleton<FormCycle>()
            .AddSingleton<IDesk, Desk>();
    }
}
