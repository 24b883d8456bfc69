using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FormsFlow.Web;

/// <summary>
/// All pages and endpoints as one delegate, for a host that has a router of its own and hands every request on: what that router has
/// found is set aside, and the request is served as on the one-machine server.
/// </summary>
public sealed class FormsFlowPipeline
{
    readonly RequestDelegate _serve;

    /// <param name="services">With what <see cref="FormsFlowWebServices.AddFormsFlowWeb"/> registers.</param>
    public FormsFlowPipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseFormsFlowWeb();
        app.UseRouting();
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapFormsFlowPages();
            endpoints.MapFormsFlowHealth();
        });
        _serve = app.Build();
    }

    public Task RunAsync(HttpContext context)
    {
        context.SetEndpoint(null);
        context.Request.RouteValues = [];
        return _serve(context);
    }
}
