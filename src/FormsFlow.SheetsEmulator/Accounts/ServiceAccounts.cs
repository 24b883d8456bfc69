using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FormsFlow.SheetsEmulator.Accounts;

/// <summary>
/// Service accounts. Their credentials are kept as the very JSON files that Google's console hands out, so that a client made once works
/// again after a restart.
/// </summary>
public sealed class ServiceAccounts
{
    private const string Project = "formsflow-emulator";

    private readonly ConcurrentDictionary<string, Known> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly string? _directory;

    private sealed record Known(RSA PublicKey, JsonObject Credentials, bool Revoked);

    private ServiceAccounts(string? directory) => _directory = directory;

    public static ServiceAccounts Open(string? directory)
    {
        var accounts = new ServiceAccounts(directory);
        if (directory is null)
            return accounts;
        Directory.CreateDirectory(directory);
        foreach (var path in Directory.EnumerateFiles(directory, "*.json"))
        {
            var credentials = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
            var key = RSA.Create();
            key.ImportFromPem(credentials["private_key"]!.GetValue<string>());
            accounts._accounts[credentials["client_email"]!.GetValue<string>()] = new(key, credentials, Revoked: false);
        }
        return accounts;
    }

    /// <summary>The account's credentials in Google's JSON, made the first time and the same from then on.</summary>
    /// <param name="name">The part before the at sign.</param>
    /// <param name="tokenUri">Where the client is to fetch its access tokens.</param>
    public string CredentialsOf(string name, Uri tokenUri)
    {
        var email = $"{name}@{Project}.iam.gserviceaccount.com";
        var known = _accounts.GetOrAdd(email, _ => Make(name, email));
        var credentials = (JsonObject)known.Credentials.DeepClone();
        credentials["token_uri"] = tokenUri.ToString();
        return credentials.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    /// <summary>Takes an account's rights away: its tokens stop working and it gets no new ones, until it is restored.</summary>
    public void Revoke(string email) => Change(email, revoked: true);

    public void Restore(string email) => Change(email, revoked: false);

    public bool IsGood(string email) => _accounts.TryGetValue(email, out var known) && !known.Revoked;

    internal bool Verify(string email, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
        _accounts.TryGetValue(email, out var known) && known.PublicKey.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private void Change(string email, bool revoked)
    {
        if (_accounts.TryGetValue(email, out var known))
            _accounts[email] = known with { Revoked = revoked };
    }

    /// <summary>To find the primes of a key takes a processor a good part of a second; accounts that end with the process share what one took.</summary>
    private static readonly Lazy<string> SharedKey = new(() =>
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    });

    private RSA MakeKey()
    {
        if (_directory is not null)
            return RSA.Create(2048);
        var key = RSA.Create();
        key.ImportFromPem(SharedKey.Value);
        return key;
    }

    private Known Make(string name, string email)
    {
        var key = MakeKey();
        var credentials = new JsonObject
        {
            ["type"] = "service_account",
            ["project_id"] = Project,
            ["private_key_id"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
            ["private_key"] = key.ExportPkcs8PrivateKeyPem() + "\n",
            ["client_email"] = email,
            ["client_id"] = string.Create(CultureInfo.InvariantCulture, $"1{RandomNumberGenerator.GetInt32(int.MaxValue):D10}{RandomNumberGenerator.GetInt32(int.MaxValue):D10}"),
            ["auth_uri"] = "https://accounts.google.com/o/oauth2/auth",
            ["token_uri"] = "https://oauth2.googleapis.com/token",
            ["auth_provider_x509_cert_url"] = "https://www.googleapis.com/oauth2/v1/certs",
            ["client_x509_cert_url"] = $"https://www.googleapis.com/robot/v1/metadata/x509/{Uri.EscapeDataString(email)}",
            ["universe_domain"] = "googleapis.com",
        };
        if (_directory is not null)
        {
            var path = Path.Combine(_directory, name + ".json");
            File.WriteAllText(path + ".new", credentials.ToJsonString());
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(path + ".new", path, overwrite: true);
        }
        return new(key, credentials, Revoked: false);
    }
}
