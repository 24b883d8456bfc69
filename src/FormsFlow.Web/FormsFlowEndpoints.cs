using FormsFlow.Web.Hosting;
using FormsFlow.Web.MailEvents;
using FormsFlow.Web.Pages;
using FormsFlow.Web.Reviewing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Net.Http.Headers;

namespace FormsFlow.Web;

public static class FormsFlowEndpoints
{
    static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// The pages behind the links in mails, the start page and what they look like. Only a POST changes anything. There is no
    /// antiforgery token because there is no cookie: the address itself is the proof, and whoever does not have it cannot post to it.
    /// </summary>
    public static IEndpointRouteBuilder MapFormsFlowPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/", Reading, IResult () => new RazorComponentResult<HomePage> { PreventStreamingRendering = true });
        endpoints.MapMethods("/review/{token}", Reading, ReviewEndpoint.ShowAsync);
        endpoints.MapPost("/review/{token}", ReviewEndpoint.AnswerAsync);
        endpoints.MapMethods("/confirm/{token}", Reading, ConfirmEndpoint.ShowAsync);
        endpoints.MapPost("/confirm/{token}", ConfirmEndpoint.ConfirmAsync);
        endpoints.MapMethods("/status/{token}", Reading, StatusEndpoint.ShowAsync);
        endpoints.MapPost("/status/{token}", StatusEndpoint.WithdrawAsync);
        endpoints.MapPost("/nudge", NudgeEndpoint.TakeAsync);
        endpoints.MapSendGridEvents();
        return endpoints.MapFormsFlowAssets();
    }

    /// <summary>What the pages look like.</summary>
    public static IEndpointRouteBuilder MapFormsFlowAssets(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/assets/{name}", Reading, ServeAsset);
        return endpoints;
    }

    /// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: every health check that the host registered is content.</summary>
    public static IEndpointRouteBuilder MapFormsFlowHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapLiveness();
        endpoints.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = HealthAnswer.WriteAsync }).WithMetadata(new HttpMethodMetadata(Reading));
        return endpoints;
    }

    /// <summary>The same for a host that waits for its secrets: <c>/healthz</c> as ever, <c>/readyz</c> not ready.</summary>
    public static IEndpointRouteBuilder MapFormsFlowHealthWhileWaiting(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapLiveness();
        endpoints.MapMethods("/readyz", Reading, context =>
            HealthAnswer.WriteAsync(context, HealthStatus.Unhealthy, "settings", "what the vault keeps cannot be read; the log says why"));
        return endpoints;
    }

    static void MapLiveness(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false }).WithMetadata(new HttpMethodMetadata(Reading));

    static IResult ServeAsset(string name, HttpContext context, SiteAssets assets)
    {
        if (assets.Find(name) is not { } asset) return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""));
    }
}
