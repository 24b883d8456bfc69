using FormsFlow.Domain.Process;

namespace FormsFlow.Server.Walk;

/// <summary>A response to be taken in, what each party does with it, and where it should end.</summary>
/// <param name="Answers">By question, as they are written.</param>
/// <param name="Parties">By party title.</param>
public sealed record SampleResponse(
    string Case, string Email, IReadOnlyDictionary<string, string> Answers, IReadOnlyDictionary<string, PartyPlay> Parties, string Expected);

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
