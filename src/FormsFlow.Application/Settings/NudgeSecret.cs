using System.Security.Cryptography;
using System.Text;

namespace FormsFlow.Application.Settings;

/// <summary>What a nudge must know. Only its hash is kept, and nothing of it is shown.</summary>
public sealed class NudgeSecret(string secret)
{
    /// <summary>Characters; 24 of base64 hold 18 random bytes.</summary>
    public const int Shortest = 24;

    readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Takes as long for a wrong one as for the right one.</summary>
    public bool Is(string given) => CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    public override string ToString() => nameof(NudgeSecret);
}
