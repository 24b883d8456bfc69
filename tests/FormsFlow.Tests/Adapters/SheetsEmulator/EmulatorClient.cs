using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Hosting;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.Tests.Adapters.SheetsEmulator;

/// <summary>A bare HTTP client of the emulator, authorized as a service account.</summary>
internal sealed class EmulatorClient(HttpClient http, string spreadsheetId) : IDisposable
{
    public HttpClient Http { get; } = http;
    public string SpreadsheetId { get; } = spreadsheetId;

    public static async Task<EmulatorClient> ConnectAsync(SheetsEmulatorHost emulator, string? spreadsheetId = null, string account = "formsflow")
    {
        var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = emulator.BaseAddress };
        var (_, answer) = await TokenAsync(http, emulator.CredentialsOf(account));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer["access_token"]!.GetValue<string>());
        return new EmulatorClient(http, spreadsheetId ?? emulator.Store.Create(new SpreadsheetProperties("Responses")));
    }

    public static async Task<(HttpStatusCode Status, JsonObject Answer)> TokenAsync(HttpClient http, string credentials)
    {
        var account = JsonNode.Parse(credentials)!;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var key = RSA.Create();
        key.ImportFromPem(account["private_key"]!.GetValue<string>());
        var unsigned = $"{Part(new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT" })}.{Part(new JsonObject
        {
            ["iss"] = account["client_email"]!.GetValue<string>(),
            ["scope"] = "https://www.googleapis.com/auth/spreadsheets",
            ["aud"] = "https://oauth2.googleapis.com/token",
            ["iat"] = now,
            ["exp"] = now + 3600,
        })}";
        var signature = System.Buffers.Text.Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var response = await http.PostAsync(new Uri("token", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = $"{unsigned}.{signature}",
        }));
        return (response.StatusCode, await Body(response));
    }

    public async Task<(HttpStatusCode Status, JsonObject Answer)> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, $"v4/spreadsheets/{SpreadsheetId}{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Http.SendAsync(request);
        return (response.StatusCode, await Body(response));
    }

    public Task<(HttpStatusCode Status, JsonObject Answer)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Values of a range, row by row.</summary>
    public async Task<string[][]> ValuesAsync(string range)
    {
        var (_, answer) = await GetAsync($"/values/{Uri.EscapeDataString(range)}");
        return [.. (answer["values"] as JsonArray ?? []).Select(row => row!.AsArray().Select(v => v!.ToString()).ToArray())];
    }

    public Task<(HttpStatusCode Status, JsonObject Answer)> PutAsync(string range, params string[][] rows) => SendAsync(HttpMethod.Put,
        $"/values/{Uri.EscapeDataString(range)}?valueInputOption=RAW", new JsonObject { ["values"] = new JsonArray([.. rows.Select(r => new JsonArray([.. r.Select(v => JsonValue.Create(v))]))]) });

    public Task<(HttpStatusCode Status, JsonObject Answer)> BatchAsync(params JsonObject[] requests) =>
        SendAsync(HttpMethod.Post, ":batchUpdate", new JsonObject { ["requests"] = new JsonArray([.. requests]) });

    public static async Task<JsonObject> Body(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync();
        await using var plain = response.Content.Headers.ContentEncoding.Contains("gzip") ? new System.IO.Compression.GZipStream(stream, System.IO.Compression.CompressionMode.Decompress) : stream;
        return (JsonObject)(await JsonNode.ParseAsync(plain))!;
    }

    public void Dispose() => Http.Dispose();

    private static string Part(JsonObject json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
