using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using FormsFlow.Domain.Process;

namespace FormsFlow.Server.Walk;

/// <summary>A response to be taken in, what each party does with it, and where it should end.</summary>
/// <param name="Answers">By question, as they are written.</param>
/// <param name="Parties">By party title.</param>
public sealed record SampleResponse(
    string Case, string Email, IReadOnlyDictionary<string, string> Answers, IReadOnlyDictionary<string, PartyPlay> Parties, string Expected)
{
    static readonly string[] PartyColumns = ["Business", "Curriculum", "Technology"];
    static readonly string[] Outcomes = ["Approved", "Denied", "Expired", "Needs correction", "Duplicate"];

    /// <exception cref="InvalidDataException">The file is not one of sample responses; says which line and what would be right.</exception>
    public static IReadOnlyList<SampleResponse> Read(string path)
    {
        using var reader = new StreamReader(path);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.None, DetectDelimiter = false, BadDataFound = null });
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header) throw new InvalidDataException($"{path} is empty; it should begin with a header line.");
        foreach (var column in (string[])["Case", "Email Address", .. PartyColumns, "Expected outcome"])
            if (!header.Contains(column))
                throw new InvalidDataException($"{path} has no column '{column}'; see samples/README.md for the columns.");

        var questions = header.Except(["Case", "Email Address", "Expected outcome", "Why", .. PartyColumns]).ToArray();
        var samples = new List<SampleResponse>();
        while (csv.Read())
        {
            var where = $"{path}, line {csv.Context.Parser?.RawRow}";
            var expected = csv.GetField("Expected outcome") ?? "";
            if (!Outcomes.Contains(expected)) throw new InvalidDataException($"{where}: the expected outcome '{expected}' is none; it should be one of {string.Join(", ", Outcomes)}.");
            samples.Add(new SampleResponse(
                csv.GetField("Case") ?? "",
                csv.GetField("Email Address") ?? "",
                questions.ToDictionary(question => question, question => csv.GetField(question) ?? ""),
                PartyColumns.ToDictionary(party => party, party => PartyPlay.Read(csv.GetField(party) ?? "", where)),
                expected));
        }

        return samples;
    }
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
            _ => throw new InvalidDataException($"{where}: a party does '{word}'; it should be approve, deny: reason, silent, or empty."),
        };
    }
}
