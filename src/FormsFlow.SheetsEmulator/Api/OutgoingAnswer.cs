using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>An answer ready to be sent.</summary>
internal sealed record OutgoingAnswer(int Status, ReadOnlyMemory<byte> Body, long Length, bool Gzipped, int? RetryAfter)
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static OutgoingAnswer Of(int status, JsonObject json, bool pretty, bool gzip, int? retryAfter = null)
    {
        var text = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = pretty, Encoder = Encoder, NewLine = "\n" }))
            json.WriteTo(writer);
        if (!gzip || text.WrittenCount < 100)
            return new(status, text.WrittenMemory, text.WrittenCount, Gzipped: false, retryAfter);
        var zipped = new MemoryStream(text.WrittenCount / 4);
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(text.WrittenSpan);
        return new(status, zipped.GetBuffer().AsMemory(0, (int)zipped.Length), text.WrittenCount, Gzipped: true, retryAfter);
    }

    /// <summary>Sends it, or half of it followed by a closed connection.</summary>
    public async Task SendAsync(HttpContext context, bool halfway)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=UTF-8";
        response.ContentLength = Body.Length;
        response.Headers.CacheControl = "private";
        response.Headers.Vary = "Origin, X-Origin, Referer";
        response.Headers.XContentTypeOptions = "nosniff";
        if (Gzipped)
            response.Headers.ContentEncoding = "gzip";
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Status == 401)
            response.Headers.WWWAuthenticate = "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"";
        if (!halfway)
        {
            await response.Body.WriteAsync(Body, context.RequestAborted);
            return;
        }
        await response.Body.WriteAsync(Body[..(Body.Length / 2)], context.RequestAborted);
        await response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
