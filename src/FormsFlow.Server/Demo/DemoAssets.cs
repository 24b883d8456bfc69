using System.Security.Cryptography;
using System.Text;

namespace FormsFlow.Server.Demo;

/// <summary>The demo's own style sheet, on top of the pages', and the script of its inbox.</summary>
static class DemoAssets
{
    static readonly byte[] Css = Read("demo.css");

    static readonly byte[] Js = Read("inbox.js");

    /// <summary>Its address carries a hash of its content, so that a browser may keep it.</summary>
    public static string StyleSheet { get; } = $"/demo/demo.{Convert.ToHexStringLower(SHA256.HashData(Css))[..16]}.css";

    /// <summary>Of the page that shows a mail; every other page does without.</summary>
    public static string Script { get; } = $"/demo/inbox.{Convert.ToHexStringLower(SHA256.HashData(Js))[..16]}.js";

    public static IResult ServeStyleSheet(HttpContext context) => Serve(context, Css, "text/css; charset=utf-8");

    public static IResult ServeScript(HttpContext context) => Serve(context, Js, "text/javascript; charset=utf-8");

    static IResult Serve(HttpContext context, byte[] content, string type)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(content, type);
    }

    static byte[] Read(string resource)
    {
        using var stream = typeof(DemoAssets).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly does not contain {resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }
}
