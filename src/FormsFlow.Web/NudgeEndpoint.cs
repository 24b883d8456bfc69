using System.Net.Http.Headers;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Web;

/// <summary><c>POST /nudge</c> with <c>Authorization: Bearer …</c>: the form has a new response, look at its sheet now. Its body is not read.</summary>
static class NudgeEndpoint
{
    const string Scheme = "Bearer";

    public static async Task<IResult> TakeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        // A host that was given no secret takes no nudges, and does not say that it could.
        if (context.RequestServices.GetService<NudgeSecret>() is not { } secret || context.RequestServices.GetService<INudge>() is not { } nudge)
            return TypedResults.NotFound();
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var given)
            || !string.Equals(given.Scheme, Scheme, StringComparison.OrdinalIgnoreCase) || !secret.Is(given.Parameter ?? ""))
        {
            context.Response.Headers.WWWAuthenticate = Scheme;
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }

        await nudge.NudgeAsync(cancellationToken);
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }
}
