using FormsFlow.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FormsFlow.Web;

/// <summary>What both hosts register and map to serve the pages.</summary>
public static class FormsFlowWebServices
{
    /// <summary>Needs from the host: <see cref="SiteOptions"/> and <see cref="Application.Reviewing.IDesk"/>.</summary>
    public static IServiceCollection AddFormsFlowWeb(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddRazorComponents();
        KeepNoKeyRing(services);
        services.AddHealthChecks();
        services.AddRateLimiter(RequestLimits.Configure);
        services.AddSingleton<SiteAssets>();
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, QuietRequestLog>();
        return services;
    }

    /// <summary>
    /// Razor components bring data protection along, for form tokens and states that FormsFlow's pages do not have: a link is the proof.
    /// At every start it would write keys to wherever it finds room, and warn that it did.
    /// </summary>
    static void KeepNoKeyRing(IServiceCollection services)
    {
        foreach (var start in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly).ToList())
            services.Remove(start);
        // Without a logger: it would warn that it forgets its keys, which is what it is for here.
        services.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider()));
    }

    /// <summary>Headers, error pages and limits; the first thing in the pipeline after whatever finds out who called.</summary>
    public static IApplicationBuilder UseFormsFlowWeb(this IApplicationBuilder app) => app.UseFormsFlowHeaders().UseFormsFlowErrorPages().UseRateLimiter();
}
