using FormsFlow.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
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
        services.AddHealthChecks();
        services.AddRateLimiter(RequestLimits.Configure);
        services.AddSingleton<SiteAssets>();
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, QuietRequestLog>();
        return services;
    }

    /// <summary>Headers, error pages and limits; the first thing in the pipeline after whatever finds out who called.</summary>
    public static IApplicationBuilder UseFormsFlowWeb(this IApplicationBuilder app) => app.UseFormsFlowHeaders().UseFormsFlowErrorPages().UseRateLimiter();
}
