using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FormsFlow.Web.Hosting;

/// <summary>What keeps a page that carries its proof in its address from giving it away, and from running anything at all.</summary>
public static class SecurityHeaders
{
    internal const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Security-Policy", ContentSecurityPolicy),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("X-Robots-Tag", "noindex, nofollow, noarchive"),
        ("Permissions-Policy", "camera=(), display-capture=(), fullscreen=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ];

    /// <summary>Sets the headers on every response that does not set them itself, error pages included.</summary>
    public static IApplicationBuilder UseFormsFlowHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        KeepTokenOutOfTraces(context.Request.Path);
        context.Response.OnStarting(static state =>
        {
            var headers = ((HttpResponse)state).Headers;
            foreach (var (name, value) in Headers) headers.TryAdd(name, value);
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    });

    static void KeepTokenOutOfTraces(PathString path)
    {
        if (Activity.Current is not { } activity) return;
        foreach (var page in (ReadOnlySpan<string>)["/review", "/confirm", "/status"])
            if (path.StartsWithSegments(page, StringComparison.OrdinalIgnoreCase, out var rest) && rest.HasValue)
                activity.SetTag("url.path", page + "/{token}");
    }
}
