using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FormsFlow.SheetsEmulator.Accounts;

/// <summary>What an access token says when it is looked at.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Scope">What it may be used for.</param>
/// <param name="IsExpired">Whether its time is over.</param>
internal sealed record AccessToken(string Account, string Scope, bool IsExpired);

/// <summary>
/// Expiring access tokens. They are signed rather than remembered, with a key that is kept beside the accounts: like Google's, they
/// outlive a restart of the server.
/// </summary>
internal sealed class AccessTokens(byte[] key, TimeProvider time)
{
    private const string Prefix = "ya29.";

    private sealed record Claims(string A, string S, long E);

    public static AccessTokens Open(string? directory, TimeProvider time)
    {
        if (directory is null)
            return new(RandomNumberGenerator.GetBytes(32), time);
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "token.key");
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path + ".new", RandomNumberGenerator.GetBytes(32));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(path + ".new", path);
        }
        return new(File.ReadAllBytes(path), time);
    }

    public string Issue(string account, string scope, TimeSpan lifetime)
    {
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Claims(account, scope, (time.GetUtcNow() + lifetime).ToUnixTimeMilliseconds())));
        return $"{Prefix}{claims}.{Sign(claims)}";
    }

    /// <summary>Null when it is none of ours.</summary>
    public AccessToken? Read(string token)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token[Prefix.Length..].Split('.') is not [var text, var signature])
            return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(text)), Encoding.UTF8.GetBytes(signature)))
            return null;
        var claims = JsonSerializer.Deserialize<Claims>(Base64Url.DecodeFromChars(text))!;
        return new(claims.A, claims.S, time.GetUtcNow().ToUnixTimeMilliseconds() >= claims.E);
    }

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)));
}
