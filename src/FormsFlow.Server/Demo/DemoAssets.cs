using System.Security.Cryptography;
using System.Text;

namespace FormsFlow.Server.Demo;

/// <summary>The demo's own style sheet, on top of the pages'.</summary>
static class DemoAssets
{
    static readonly byte[] Css = Read("demo.css");

    /// <summary>Its address carries a hash of its content, so that a browser may keep it.</summary>
    public static string StyleSheet { get; } = $"/demo/demo.{Convert.ToHexStringLower(SHA256.HashData(Css))[..16]}.css";

    public static IResult Serve(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Css, "text/css; charset=utf-8");
    }

    static byte[] Read(string resource)
    {
        using var stream = typeof(DemoAssets).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly does not contain {resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }
}
