using System.Text.RegularExpressions;
using FormsFlow.Domain.Process;

namespace FormsFlow.Server.Walk;

/// <summary>A response to be taken in, what each party does with it, and where it should end.</summary>
/// <param name="Answers">By question, as they are written.</param>
/// <param name="Parties">By party title.</param>
public sealed partial record SampleResponse(
    string Case, string Email, IReadOnlyDictionary<string, string> Answers, IReadOnlyDictionary<string, PartyPlay> Parties, string Expected)
{
    const string ReachQuestion = "How can we reach the sponsor?";

    /// <summary>
    /// Every address of the sponsor that a person can read in the response. Found without FormsFlow's own reading of addresses, which is
    /// one of the things that a walk is to check.
    /// </summary>
    public IReadOnlySet<string> SponsorAddresses { get; } =
        Address().Matches($"{Email}\n{Answers.GetValueOrDefault(ReachQuestion)}".Replace("\u200b", "", StringComparison.Ordinal))
            .Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<![\w.@-])[\w.+-]+@(?:[\w-]+\.)+\w{2,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}

/// <summary>What a party does: answers, or does not.</summary>
/// <param name="Choice">Null if it never answers.</param>
public sealed record PartyPlay(Choice? Choice, string Comment)
{
    public static PartyPlay Read(string cell, string where)
    {
        var colon = cell.IndexOf(": ", StringComparison.Ordinal);
        var (word, comment) = colon < 0 ? (cell, "") : (cell[..colon], cell[(colon + 2)..]);
        return word.Trim() switch
        {
            "approve" => new PartyPlay(Domain.Process.Choice.Approve, comment),
            "deny" => new PartyPlay(Domain.Process.Choice.Deny, comment),
            "silent" or "" => new PartyPlay(null, ""),
            _ => throw new InvalidDataException($"{where}: what a party does is '{word}'; it should be approve, deny: reason, silent, or empty."),
        };
    }
}
