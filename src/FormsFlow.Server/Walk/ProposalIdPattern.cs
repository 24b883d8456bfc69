using System.Text.RegularExpressions;

namespace FormsFlow.Server.Walk;

/// <summary>A proposal's id as it stands in mails.</summary>
static partial class ProposalIdPattern
{
    public static string? First(string text) => Pattern().Match(text) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"\bFF-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}\b", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
