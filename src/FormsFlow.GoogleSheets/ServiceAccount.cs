using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using FormsFlow.GoogleSheets.Client;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;
using IHttpClientFactory = Google.Apis.Http.IHttpClientFactory;

namespace FormsFlow.GoogleSheets;

/// <summary>The Google account that FormsFlow acts as. Spreadsheets are shared with its <paramref name="Email"/>.</summary>
public sealed record ServiceAccount(string Email, ServiceAccountCredential Key)
{
    static readonly string[] Needed = ["client_email", "private_key", "token_uri"];

    /// <summary>Reads the key that the options hold or point to.</summary>
    /// <param name="problem">What is wrong with it and what would be right; never any part of the key.</param>
    public static bool TryRead(GoogleOptions options, [NotNullWhen(true)] out ServiceAccount? account, [NotNullWhen(false)] out string? problem)
    {
        account = null;
        problem = TryFind(options, out var json, out var where) ?? TryParse(json, where, out account);
        return account is not null && problem is null;
    }

    /// <summary>The credential with the scope that FormsFlow needs, over the given clients.</summary>
    public ServiceAccountCredential Over(IHttpClientFactory clients) => new(new ServiceAccountCredential.Initializer(Key.Id, Key.TokenServerUrl)
    {
        ProjectId = Key.ProjectId,
        Key = Key.Key,
        KeyId = Key.KeyId,
        Scopes = [SheetsService.Scope.Spreadsheets],
        HttpClientFactory = clients,
        // The clients bring their own patience.
        DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
    });

    // The generated ToString would print the key's type only, but a record invites logging: name it by what may be seen.
    public override string ToString() => "service account";

    static string? TryFind(GoogleOptions options, out string json, out string where)
    {
        json = options.Credentials?.Trim() ?? "";
        where = $"{GoogleOptions.Section}:{nameof(GoogleOptions.Credentials)}";
        if (json.Length > 0)
            return string.IsNullOrWhiteSpace(options.CredentialsFile)
                ? null
                : $"Both {where} and {where}File are set; keep one of them.";

        where = $"{GoogleOptions.Section}:{nameof(GoogleOptions.CredentialsFile)}";
        if (string.IsNullOrWhiteSpace(options.CredentialsFile))
            return $"{where} is empty; set it to the path of the service account's JSON key, or paste the key into {GoogleOptions.Section}:{nameof(GoogleOptions.Credentials)}.";

        // Whoever pasted the key in the place of its path need not read it again, nor should the log.
        if (options.CredentialsFile.Contains('{', StringComparison.Ordinal) || options.CredentialsFile.Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase))
            return $"{where} holds a key; it should be the path of a file with the key, or the key should stand in {GoogleOptions.Section}:{nameof(GoogleOptions.Credentials)}.";

        try
        {
            json = File.ReadAllText(options.CredentialsFile).Trim();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"{where} is '{options.CredentialsFile}', which cannot be read ({e.GetType().Name}); it should be the path of the service account's JSON key.";
        }
    }

    static string? TryParse(string json, string where, out ServiceAccount? account)
    {
        account = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var type = Text(root, "type");
            if (type is not "service_account")
                return $"{where} holds a key of type '{type ?? "none"}'; it should be a service account's (\"type\": \"service_account\").";

            var missing = Needed.Where(name => Text(root, name) is null).ToList();
            if (missing.Count > 0) return $"{where} lacks {string.Join(", ", missing)}; download the service account's JSON key again and take it whole.";

            account = new ServiceAccount(Text(root, "client_email")!, CredentialFactory.FromJson<ServiceAccountCredential>(json));
            return null;
        }
        catch (JsonException)
        {
            return $"{where} is not JSON; it should be the service account's whole key, from {{ to }}.";
        }
        // The decoder of private keys throws whatever its bytes lead it to.
        catch (Exception e)
        {
            return $"{where} holds a private key that cannot be read ({e.GetType().Name}); download the service account's JSON key again and take it whole.";
        }
    }

    static string? Text(JsonElement root, string name) =>
        root.ValueKind is JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
