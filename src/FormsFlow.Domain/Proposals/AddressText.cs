using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace FormsFlow.Domain.Proposals;

/// <param name="Readable">Each once, in the order of their appearance.</param>
/// <param name="Malformed">The first thing that was meant as an address and is none; null if there is none.</param>
readonly record struct AddressReading(ImmutableArray<string> Readable, string? Malformed);

/// <summary>E-mail addresses among whatever else people write into a contact cell.</summary>
static partial class AddressText
{
    /// <summary>The sponsor's own contact counts; the address that Google collected stands in where that has none.</summary>
    public static AddressReading Read(string contact, string respondent)
    {
        var first = Read(contact);
        if (!first.Readable.IsEmpty) return first;
        var second = Read(respondent);
        return new AddressReading(second.Readable, first.Malformed ?? second.Malformed);
    }

    public static AddressReading Read(string text)
    {
        var readable = ImmutableArray.CreateBuilder<string>();
        string? malformed = null;
        foreach (Match match in Candidate().Matches(WithoutInvisible(text)))
        {
            var candidate = match.Value.Trim('.', '\'', '-', '`', '*', '!', '?', '=', '|', '\u2026');
            if (candidate.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) candidate = candidate["mailto:".Length..];
            if (candidate.Length <= 254 && Address().IsMatch(candidate))
            {
                if (!readable.Contains(candidate, StringComparer.OrdinalIgnoreCase)) readable.Add(candidate);
            }
            else if (candidate.Length > 1)
            {
                malformed ??= candidate.Length > 80 ? candidate[..80] + "\u2026" : candidate;
            }
        }

        return new AddressReading(readable.ToImmutable(), malformed);
    }

    static string WithoutInvisible(string text) =>
        string.Concat(text.Where(c => char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.Format));

    /// <summary>Anything with an @ in it, between white space and the marks that people put around and between addresses.</summary>
    [GeneratedRegex(@"[^\s<>,;:/\\()\[\]{}""\u201c\u201d\u00ab\u00bb]*@[^\s<>,;:/\\()\[\]{}""\u201c\u201d\u00ab\u00bb]*", RegexOptions.None, 1000)]
    private static partial Regex Candidate();

    /// <summary>What mail services in practice accept: dot-atoms before the @, a dotted name with letters after it, other alphabets allowed.</summary>
    [GeneratedRegex(@"^[\p{L}\p{N}!#$%&'*+\-=?^_`{|}~]+(?:\.[\p{L}\p{N}!#$%&'*+\-=?^_`{|}~]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}\-]{0,61}[\p{L}\p{N}]$", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
