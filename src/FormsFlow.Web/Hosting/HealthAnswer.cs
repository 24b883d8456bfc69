using FormsFlow.Application.Running;
using FormsFlow.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Net.Http.Headers;

namespace FormsFlow.Web.Hosting;

/// <summary>What <c>/readyz</c> says: lines of text to a probe, the same as a page to a person, who comes from an administrator's mail. The status code is the same for both.</summary>
static class HealthAnswer
{
    public static Task WriteAsync(HttpContext context, HealthReport report) => WriteAsync(
        context, report.Status,
        [.. report.Entries.Values.Select(entry => entry.Description).OfType<string>().Where(description => description.Length > 0)],
        [.. report.Entries.Values.SelectMany(Points)]);

    /// <summary>For a host that cannot ask its health checks yet.</summary>
    public static Task WriteAsync(HttpContext context, HealthStatus status, string key, string says)
    {
        context.Response.StatusCode = status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return WriteAsync(context, status, [$"{key}: {says}"], [new HealthPoint(TroublePlace.Of(key), says, null)]);
    }

    static Task WriteAsync(HttpContext context, HealthStatus status, IReadOnlyList<string> lines, IReadOnlyList<HealthPoint> points)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        if (!IsBrowser(context.Request))
        {
            // The verdict in the first line, what each check has to say below it.
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(string.Join('\n', [status.ToString(), .. lines]), context.RequestAborted);
        }

        var now = (context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow();
        return new RazorComponentResult<HealthPage>(new { Status = status, Points = points, Now = now }) { StatusCode = context.Response.StatusCode, PreventStreamingRendering = true }
            .ExecuteAsync(context);
    }

    /// <summary>A browser asks for HTML by name; curl and monitors take anything.</summary>
    static bool IsBrowser(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && accept.Quality is not 0);

    /// <summary>What is known of each thing; of a check that knows no troubles, its own words.</summary>
    static IEnumerable<HealthPoint> Points(HealthReportEntry entry)
    {
        if (entry.Data.TryGetValue(Readiness.Troubles, out var data) && data is IReadOnlyList<Trouble> troubles)
            return troubles.Select(trouble => new HealthPoint(TroublePlace.Of(trouble.Key), trouble.Passes ? "away for now" : "needs a hand", trouble.Since));
        if (entry.Description is not { Length: > 0 } description) return [];
        return description.Split(": ", 2) is [var key, var says] ? [new HealthPoint(TroublePlace.Of(key), says, null)] : [new HealthPoint("", description, null)];
    }
}

/// <summary>One thing that is out of order.</summary>
/// <param name="Where">Empty if a check says nothing but what is wrong.</param>
/// <param name="Since">Null if nobody knows.</param>
public sealed record HealthPoint(string Where, string Says, DateTimeOffset? Since);
