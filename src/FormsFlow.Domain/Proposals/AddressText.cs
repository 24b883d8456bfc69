using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace FormsFlow.Domain.Proposals;

/// <param name="Readable">Each once, in the order of their appearance.</param>
/// <param name="Malformed">The first thing that was meant as an address and is none; null if there is none.</param>
/// <param name="Unsendable">The first address that is one, and that mail services in general do not deliver to; null if there is none.</param>
readonly record struct AddressReading(ImmutableArray<string> Readable, string? Malformed, string? Unsendable);

/// <summary>E-mail addresses among whatever else people write into a contact cell.</summary>
static partial class AddressText
{
    /// <summary>How much of a mistake is quoted.</summary>
    const int Quoted = 80;

    /// <summary>White space and the marks that people put around and between addresses, in several scripts.</summary>
    static readonly char[] Separators =
    [
        .. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => char.IsWhiteSpace(c) || char.IsControl(c)),
        .. "<>,;:/\\()[]{}|\"\u201c\u201d\u201e\u00ab\u00bb\u060c\u061b\u3001\u3002\uff0c\uff1a\uff1b\uff08\uff09",
    ];

    /// <summary>The sponsor's own contact counts; the address that Google collected stands in where that has none.</summary>
    public static AddressReading Read(string contact, string respondent)
    {
        var first = Read(contact);
        if (!first.Readable.IsEmpty) return first;
        var second = Read(respondent);
        return new AddressReading(second.Readable, first.Malformed ?? second.Malformed, first.Unsendable ?? second.Unsendable);
    }

    public static AddressReading Read(string text)
    {
        var readable = ImmutableArray.CreateBuilder<string>();
        string? malformed = null, unsendable = null;
        foreach (var word in WithoutInvisible(text).Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!word.Contains('@', StringComparison.Ordinal)) continue;
            var candidate = word.Trim('.', '\'', '-', '`', '*', '!', '?', '=', '\u2026');
            if (candidate.Length <= 254 && Address().IsMatch(candidate) && OnTheWire(candidate) is { } address)
            {
                if (!Ascii.IsValid(address)) unsendable ??= Shorten(candidate);
                else if (!readable.Contains(address, StringComparer.OrdinalIgnoreCase)) readable.Add(address);
            }
            else if (candidate.Length > 1)
            {
                malformed ??= Shorten(candidate);
            }
        }

        return new AddressReading(readable.ToImmutable(), malformed, unsendable);
    }

    /// <summary>
    /// A domain in another alphabet is written the way that every mail service knows (schule-münchen.de is xn--schule-mnchen-jlb.de). What
    /// stands before the @ has no such way: it needs a service with SMTPUTF8 at both ends, which hardly a district has.
    /// </summary>
    /// <returns>Null if there can be no such domain.</returns>
    static string? OnTheWire(string address)
    {
        var at = address.LastIndexOf('@') + 1;
        if (Ascii.IsValid(address.AsSpan(at))) return address;
        try
        {
            var wire = address[..at] + new System.Globalization.IdnMapping { UseStd3AsciiRules = true }.GetAscii(address[at..]);
            return wire.Length <= 254 ? wire : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Fit for a sentence; a character of two halves stays whole.</summary>
    static string Shorten(string text) =>
        text.Length <= Quoted ? text : text[..(char.IsHighSurrogate(text[Quoted - 1]) ? Quoted - 1 : Quoted)] + "\u2026";

    static string WithoutInvisible(string text) =>
        string.Concat(text.Where(c => char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.Format));

    /// <summary>What mail services in practice accept: dot-atoms before the @, a dotted name with letters after it, other alphabets allowed.</summary>
    [GeneratedRegex(@"^[\p{L}\p{M}\p{N}!#$%&'*+\-=?^_`{|}~]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+\-=?^_`{|}~]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}\-]{0,61}[\p{L}\p{M}\p{N}])?\.)+\p{L}[\p{L}\p{M}\p{N}\-]{0,61}[\p{L}\p{M}\p{N}]$", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
