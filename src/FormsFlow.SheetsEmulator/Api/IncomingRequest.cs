using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>What came over the wire: un-gzipped, with the overridden method that long GETs travel under.</summary>
internal sealed record IncomingRequest(string HttpMethod, string RawPath, IReadOnlyDictionary<string, StringValues> Query, byte[] Body, long WireBytes)
{
    public static async Task<IncomingRequest> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, context.RequestAborted);
        var wireBytes = buffer.Length;
        if (request.Headers.ContentEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            buffer = await UnzipAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();

        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(question < 0 ? "" : target[question..]);
        var method = request.Method;
        if (HttpMethods.IsPost(method) && request.Headers["X-HTTP-Method-Override"].ToString() is { Length: > 0 } instead)
        {
            method = instead.ToUpperInvariant();
            if (HttpMethods.IsGet(method))
            {
                foreach (var (name, values) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)))
                    query[name] = StringValues.Concat(query.GetValueOrDefault(name), values);
                body = [];
            }
        }
        return new(method, question < 0 ? target : target[..question], query, body, wireBytes);
    }

    public JsonObject Json()
    {
        if (Body.Length == 0)
            return [];
        try
        {
            return JsonNode.Parse(Body, nodeOptions: null, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 100 }) as JsonObject
                ?? throw ApiException.Invalid("Invalid JSON payload received. Root element must be a message.");
        }
        catch (JsonException broken)
        {
            throw ApiException.Invalid($"Invalid JSON payload received. {broken.Message}");
        }
    }

    private static async Task<MemoryStream> UnzipAsync(MemoryStream zipped, CancellationToken cancellationToken)
    {
        zipped.Position = 0;
        var plain = new MemoryStream();
        try
        {
            await using var unzip = new GZipStream(zipped, CompressionMode.Decompress);
            await unzip.CopyToAsync(plain, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw ApiException.Invalid("Request body is not a valid gzip stream.");
        }
        return plain;
    }
}
