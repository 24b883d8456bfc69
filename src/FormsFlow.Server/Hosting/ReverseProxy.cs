using Microsoft.AspNetCore.HttpOverrides;

namespace FormsFlow.Server.Hosting;

/// <summary>Behind a reverse proxy: who called, and under which path. Links are made from the settings alone, never from what a request says.</summary>
static class ReverseProxy
{
    /// <summary>
    /// Takes the caller's address, scheme and host from the forwarded headers, through as many proxies as are known, and from nobody else:
    /// rate limits and logs count callers by that address.
    /// </summary>
    public static IApplicationBuilder UseKnownProxies(this IApplicationBuilder app, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        if (proxies.Count == 0) return app;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(proxy);
        return app.UseForwardedHeaders(options);
    }

    /// <summary>
    /// The base address may have a path, such as <c>https://intranet.district.org/formsflow/</c>. Some proxies pass it on, some take it off:
    /// pages are found, and find their style sheets, either way.
    /// </summary>
    public static IApplicationBuilder UseBasePath(this IApplicationBuilder app, Uri baseAddress)
    {
        var prefix = new PathString(Uri.UnescapeDataString(baseAddress.AbsolutePath.TrimEnd('/')) is { Length: > 0 } path ? path : null);
        if (!prefix.HasValue) return app;
        return app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase, out var rest)) context.Request.Path = rest.HasValue ? rest : "/";
            context.Request.PathBase = prefix;
            return next(context);
        });
    }
}
