using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;

namespace FormsFlow.Web;

/// <summary>
/// All pages and endpoints as one delegate, for a host that has a router of its own and hands every request on: what that router has
/// found is set aside, and the request is served as on the one-machine server.
/// </summary>
public sealed class FormsFlowPipeline
{
    /// <summary>Seconds; by then a host that waits has asked for its secrets again.</summary>
    const string TryAgainAfter = "60";

    readonly RequestDelegate _serve, _wait;

    /// <param name="services">With what <see cref="FormsFlowWebServices.AddFormsFlowWeb"/> registers.</param>
    public FormsFlowPipeline(IServiceProvider services)
    {
        _serve = Build(services, endpoints =>
        {
            endpoints.MapFormsFlowPages();
            endpoints.MapFormsFlowHealth();
        });
        _wait = Build(services, endpoints =>
        {
            endpoints.MapFormsFlowAssets();
            endpoints.MapFormsFlowHealthWhileWaiting();
            endpoints.MapFallback(context =>
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = TryAgainAfter;
                return Task.CompletedTask;
            });
        });
    }

    public Task RunAsync(HttpContext context) => RunAsync(_serve, context);

    /// <summary>In place of every page: that it cannot be shown yet. Nothing is read, and nothing is recorded.</summary>
    public Task WaitAsync(HttpContext context) => RunAsync(_wait, context);

    static RequestDelegate Build(IServiceProvider services, Action<IEndpointRouteBuilder> map)
    {
        var app = new ApplicationBuilder(services);
        // The other host stands between the caller and this process as a proxy on the same machine, and names the caller last.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = 1 });
        app.UseFormsFlowWeb();
        app.UseRouting();
        app.UseEndpoints(map);
        return app.Build();
    }

    static Task RunAsync(RequestDelegate pipeline, HttpContext context)
    {
        context.SetEndpoint(null);
        context.Request.RouteValues = [];
        return pipeline(context);
    }
}
