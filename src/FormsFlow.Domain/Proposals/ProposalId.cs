using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace FormsFlow.Domain.Proposals;

/// <summary>
/// The name of a proposal, written into its response's row and read aloud on the telephone: <c>FF-7K3M-9QXT-2V</c>.
/// Ten letters of Crockford's base 32 (no I, L, O, U), 50 bits of a hash of the response.
/// </summary>
public readonly record struct ProposalId
{
    const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    static readonly System.Buffers.SearchValues<char> Known = System.Buffers.SearchValues.Create(Alphabet);
    const int Letters = 10;

    ProposalId(string value) => Value = value;

    public string Value { get; }

    /// <summary>The same text always gives the same id; two texts share one with a chance of 1 in 2^50.</summary>
    public static ProposalId Derive(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var bits = BitConverter.IsLittleEndian
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash)
            : BitConverter.ToUInt64(hash);
        Span<char> letters = stackalloc char[Letters];
        for (var i = 0; i < Letters; i++) letters[i] = Alphabet[(int)(bits >> (i * 5) & 31)];
        return new ProposalId($"FF-{letters[..4]}-{letters[4..8]}-{letters[8..]}");
    }

    /// <summary>Reads an id as people type it: any case, with or without dashes, blanks around it, O for 0 and I or L for 1.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ProposalId id)
    {
        id = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 64) return false;

        var letters = new StringBuilder(Letters + 2);
        foreach (var c in text.Trim().ToUpperInvariant())
        {
            if (c is '-' or ' ' or '\u2011' or '\u2013') continue;
            letters.Append(c switch { 'O' => '0', 'I' or 'L' => '1', _ => c });
        }

        var found = letters.ToString();
        if (found.Length != Letters + 2 || !found.StartsWith("FF", StringComparison.Ordinal)) return false;
        found = found[2..];
        if (found.AsSpan().ContainsAnyExcept(Known)) return false;
        id = new ProposalId($"FF-{found[..4]}-{found[4..8]}-{found[8..]}");
        return true;
    }

    /// <exception cref="FormatException">The text is not an id.</exception>
    public static ProposalId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a proposal id; one looks like FF-7K3M-9QXT-2V.");

    public override string ToString() => Value ?? "";
}
