using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.SheetsEmulator.Pages;

/// <summary>A component as a whole page, with headers that let nothing run but our own files.</summary>
internal static class PageResults
{
    /// <param name="http">The request.</param>
    /// <param name="parameters">The component's parameters.</param>
    /// <param name="status">The HTTP status.</param>
    public static RazorComponentResult Page<T>(this HttpContext http, Dictionary<string, object?> parameters, int status = 200) where T : IComponent
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        if (typeof(T).GetProperty("Nonce") is not null)
            parameters["Nonce"] = nonce;
        var headers = http.Response.Headers;
        // Cells have colours and widths of their own: one style element, named by its nonce, holds them.
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self' 'nonce-{nonce}'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return new RazorComponentResult<T>(parameters) { StatusCode = status, PreventStreamingRendering = true };
    }

    public static RazorComponentResult Trouble(this HttpContext http, int status, string title, string message) =>
        http.Page<TroublePage>(new() { [nameof(TroublePage.Title)] = title, [nameof(TroublePage.Message)] = message }, status);
}
