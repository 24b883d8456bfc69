using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Links;

/// <param name="Id">Stands in every token: short, letters and digits.</param>
/// <param name="Secret">At least 32 bytes that nobody can guess.</param>
public sealed record LinkKey(string Id, ImmutableArray<byte> Secret)
{
    public const int ShortestSecret = 32;
}

/// <summary>
/// Signs links and reads them back. A token is <c>key.payload.signature</c>: HMAC-SHA256 over the first two. The first key signs,
/// all of them verify, so that a key can be replaced while links are on their way.
/// </summary>
public sealed class LinkSigner
{
    /// <summary>Nothing of ours is longer; what is, is not worth a hash.</summary>
    const int LongestToken = 1024;

    readonly ImmutableArray<LinkKey> _keys;

    /// <exception cref="ArgumentException">There is no key, two share an id, or a secret is too short.</exception>
    public LinkSigner(ImmutableArray<LinkKey> keys)
    {
        if (keys.IsDefaultOrEmpty) throw new ArgumentException("Links need at least one key to be signed with.", nameof(keys));
        if (keys.DistinctBy(key => key.Id).Count() != keys.Length) throw new ArgumentException("Two link keys share an id; each needs its own.", nameof(keys));
        foreach (var key in keys)
        {
            if (key.Secret.Length < LinkKey.ShortestSecret)
                throw new ArgumentException($"The secret of link key '{key.Id}' has {key.Secret.Length} bytes; it needs at least {LinkKey.ShortestSecret}.", nameof(keys));
            if (key.Id.Length is 0 or > 16 || !key.Id.All(char.IsAsciiLetterOrDigit))
                throw new ArgumentException($"The link key id '{key.Id}' must be 1 to 16 letters and digits.", nameof(keys));
        }

        _keys = keys;
    }

    public string Sign(ActionLink link) => Seal(string.Join('|',
        PurposeCode(link.Purpose), link.Proposal.Value, link.Stage, link.Role, link.Reader,
        link.ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

    public LinkReading Read(string token, DateTimeOffset now)
    {
        if (Unseal(token) is not { } payload) return new LinkReading.Unreadable();
        var parts = payload.Split('|');
        if (parts.Length != 6 || PurposeOf(parts[0]) is not { } purpose || !ProposalId.TryParse(parts[1], out var proposal)
            || !long.TryParse(parts[5], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253402300799)
            return new LinkReading.Unreadable();

        var link = new ActionLink(purpose, proposal, parts[2], parts[3], parts[4], DateTimeOffset.FromUnixTimeSeconds(seconds));
        return now < link.ExpiresAt ? new LinkReading.Valid(link) : new LinkReading.Expired(link);
    }

    /// <summary>A page's own proof that it was opened: bound to the token that opened it and to what it showed, so that it is good once.</summary>
    public string SignOpening(string token, Opening opening) =>
        Seal(string.Join('|', "opened", Digest(token), opening.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), opening.Seen));

    /// <returns>Null if the proof is none, or another page's.</returns>
    public Opening? ReadOpening(string token, string? nonce)
    {
        if (Unseal(nonce ?? "")?.Split('|') is not ["opened", var digest, var opened, var seen] || digest != Digest(token)) return null;
        return long.TryParse(opened, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms < 253402300799000
            ? new Opening(DateTimeOffset.FromUnixTimeMilliseconds(ms), seen)
            : null;
    }

    string Seal(string payload)
    {
        var key = _keys[0];
        var signed = $"{key.Id}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{signed}.{Base64Url.EncodeToString(Hash(key, signed))}";
    }

    string? Unseal(string token)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var keyId, var payload, var signature]) return null;
        if (_keys.FirstOrDefault(key => key.Id == keyId) is not { } key) return null;
        if (Decode(payload) is not { } bytes || Decode(signature) is not { } given) return null;
        return CryptographicOperations.FixedTimeEquals(given, Hash(key, $"{keyId}.{payload}")) ? Encoding.UTF8.GetString(bytes) : null;
    }

    static byte[]? Decode(string text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        // The Try method throws at a letter that is none of base64's; this one says so.
        return Base64Url.DecodeFromChars(text, bytes, out _, out var written) is OperationStatus.Done
            // One text for one token: other spellings of the same bytes are not ours.
            && Base64Url.EncodeToString(bytes.AsSpan(0, written)) == text
            ? bytes[..written]
            : null;
    }

    static byte[] Hash(LinkKey key, string signed) => HMACSHA256.HashData(key.Secret.AsSpan(), Encoding.UTF8.GetBytes(signed));

    static string Digest(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, 12));

    static string PurposeCode(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Review => "r",
        LinkPurpose.Confirm => "c",
        LinkPurpose.Status => "s",
        LinkPurpose.Sponsor => "w",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, null),
    };

    static LinkPurpose? PurposeOf(string code) => code switch
    {
        "r" => LinkPurpose.Review,
        "c" => LinkPurpose.Confirm,
        "s" => LinkPurpose.Status,
        "w" => LinkPurpose.Sponsor,
        _ => null,
    };
}

/// <param name="At">When the page was opened.</param>
/// <param name="Seen">What it showed: a new mark for each state that an answer leads to.</param>
public sealed record Opening(DateTimeOffset At, string Seen);
