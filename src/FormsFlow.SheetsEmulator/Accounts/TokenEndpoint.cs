using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Hosting;

namespace FormsFlow.SheetsEmulator.Accounts;

/// <summary>
/// <c>POST /token</c>: trades a service account's signed assertion for an access token, as https://oauth2.googleapis.com/token does.
/// </summary>
internal sealed class TokenEndpoint(ServiceAccounts accounts, AccessTokens tokens, SheetsEmulatorOptions options)
{
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>The answer's status and body.</summary>
    public (int Status, JsonObject Body) Answer(IReadOnlyDictionary<string, string> form, Uri tokenUri)
    {
        var grant = form.GetValueOrDefault("grant_type");
        if (grant is not JwtBearer)
            return Refuse("unsupported_grant_type", $"Invalid grant_type: {grant}");
        if (form.GetValueOrDefault("assertion")?.Split('.') is not [var header, var payload, var signature])
            return Refuse("invalid_grant", "Bad Request");
        JsonObject claims;
        byte[] signed, mark;
        try
        {
            if (JsonNode.Parse(Base64Url.DecodeFromChars(header))?["alg"]?.GetValue<string>() is not "RS256")
                return Refuse("invalid_grant", "Invalid JWT: Unsupported algorithm.");
            claims = (JsonObject)JsonNode.Parse(Base64Url.DecodeFromChars(payload))!;
            (signed, mark) = (Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature));
        }
        catch (Exception broken) when (broken is FormatException or JsonException or InvalidCastException or InvalidOperationException)
        {
            return Refuse("invalid_grant", "Invalid JWT Signature.");
        }

        var account = claims["iss"]?.GetValue<string>() ?? "";
        if (!accounts.IsGood(account))
            return Refuse("invalid_grant", "Invalid grant: account not found");
        if (!accounts.Verify(account, signed, mark))
            return Refuse("invalid_grant", "Invalid JWT Signature.");
        if (claims["aud"]?.GetValue<string>() is not { } audience || (audience is not "https://oauth2.googleapis.com/token" and not "https://www.googleapis.com/oauth2/v4/token" && audience != tokenUri.ToString()))
            return Refuse("invalid_grant", "Invalid JWT: Failed audience check. The right audience is https://oauth2.googleapis.com/token");
        // Clients stamp their assertions by the machine's clock, whatever clock the emulator runs on.
        var (now, from, to) = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), Seconds(claims["iat"]), Seconds(claims["exp"]));
        if (from > now + 300 || to < now - 300 || to - from > 3600)
            return Refuse("invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.");
        if (claims["scope"]?.GetValue<string>() is not { Length: > 0 } scope)
            return Refuse("invalid_scope", "Invalid OAuth scope or ID token audience provided.");

        return (200, new JsonObject
        {
            ["access_token"] = tokens.Issue(account, scope, options.TokenLifetime),
            ["expires_in"] = Math.Max(1, (long)options.TokenLifetime.TotalSeconds - 1),
            ["token_type"] = "Bearer",
        });
    }

    private static long Seconds(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var seconds) ? (long)seconds : 0;

    private static (int, JsonObject) Refuse(string error, string description) => (400, new JsonObject { ["error"] = error, ["error_description"] = description });
}
