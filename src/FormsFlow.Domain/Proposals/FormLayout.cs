using System.Collections.Immutable;

namespace FormsFlow.Domain.Proposals;

/// <summary>Which question of the form feeds which part, by the question's text, never by its column.</summary>
/// <param name="Headers">For each part the headers that it may stand under, the first one found counts.</param>
/// <param name="Ignored">Headers of columns that are nobody's answer: notes that people keep beside the responses.</param>
/// <param name="DateOrder">How 3/4/2027 is meant.</param>
public sealed record FormLayout(
    ImmutableDictionary<ProposalPart, ImmutableArray<string>> Headers, ImmutableArray<string> Ignored, DateOrder DateOrder)
{
    /// <summary>What the column of Google's own timestamps may be called: in English, and in languages that forms are often set to.</summary>
    public ImmutableArray<string> Timestamp { get; init; } =
    [
        "Timestamp", "Marca temporal", "Marca de tiempo", "Horodateur", "Zeitstempel", "Carimbo de data/hora", "Informazioni cronologiche", "Tijdstempel",
        "\u0422\u0438\u043c\u0447\u0430\u0441\u043e\u0432\u0430 \u043f\u043e\u0437\u043d\u0430\u0447\u043a\u0430",
        "\u041e\u0442\u043c\u0435\u0442\u043a\u0430 \u0432\u0440\u0435\u043c\u0435\u043d\u0438", "\u30bf\u30a4\u30e0\u30b9\u30bf\u30f3\u30d7", "\u65f6\u95f4\u6233\u8bb0",
    ];

    /// <summary>The sample form's questions, and the wordings that districts use most.</summary>
    public static readonly FormLayout Default = new(
        new Dictionary<ProposalPart, ImmutableArray<string>>
        {
            [ProposalPart.ProductTitle] = ["Product title", "Product name", "Title of the product", "Product"],
            [ProposalPart.VendorContact] = ["Vendor contact information", "Vendor contact", "Vendor's contact information", "Vendor"],
            [ProposalPart.Deadline] = ["Deadline for implementation", "Implementation deadline", "Deadline"],
            [ProposalPart.DataNeeds] =
            [
                "Does the product need uploads of student or staff data?",
                "Does the product need (nightly) uploads of student or staff data?",
                "Data needs",
            ],
            [ProposalPart.DataElements] = ["Required data elements", "List of required data elements", "Data elements"],
            [ProposalPart.Alignment] = ["Alignment to the District Curriculum Goals", "Alignment to District Curriculum Goals", "Curriculum alignment"],
            [ProposalPart.Sponsor] = ["Campus or district sponsor", "Sponsor", "Sponsor's name", "Sponsor name"],
            [ProposalPart.SponsorContact] = ["How can we reach the sponsor?", "Sponsor's contact information", "Sponsor contact", "Sponsor's e-mail", "Sponsor email"],
            [ProposalPart.Funding] = ["Funding available for the solution", "Funding available", "Funding"],
            [ProposalPart.BudgetCode] = ["Budget code (if there is one)", "Budget code"],
            [ProposalPart.RespondentAddress] = ["Email Address", "E-mail Address", "Email", "Username"],
        }.ToImmutableDictionary(),
        [],
        DateOrder.MonthFirst);

    /// <summary>Without these no proposal can be read, however the response was filled in.</summary>
    public static readonly ImmutableArray<ProposalPart> Indispensable = [ProposalPart.ProductTitle, ProposalPart.Sponsor];

    /// <summary>Finds the columns of a header row.</summary>
    /// <param name="headers">The header row; empty cells are columns without a question.</param>
    /// <param name="own">Headers that are FormsFlow's own or Google's: not answers.</param>
    public BoundLayout Bind(IReadOnlyList<string> headers, IReadOnlyCollection<string> own)
    {
        var notAnswers = own.Concat(Ignored).Select(HeaderText.Normalize).ToHashSet(StringComparer.Ordinal);
        var normalized = headers.Select(HeaderText.Normalize).ToArray();
        var parts = new ProposalPart?[headers.Count];
        foreach (var (part, candidates) in Headers.OrderBy(entry => entry.Key))
            if (Find(candidates, normalized, parts) is { } column)
                parts[column] = part;

        // A question that was deleted and asked again has two columns of one name: both feed the part.
        for (var i = 0; i < normalized.Length; i++)
            if (parts[i] is null && normalized[i].Length > 0 && Array.IndexOf(normalized, normalized[i]) is var first && first < i)
                parts[i] = parts[first];

        var columns = ImmutableArray.CreateBuilder<BoundColumn>();
        for (var i = 0; i < headers.Count; i++)
            if (parts[i] is not null || (normalized[i].Length > 0 && !notAnswers.Contains(normalized[i])))
                columns.Add(new BoundColumn(i, headers[i].Trim(), parts[i]));
        return new BoundLayout(this, columns.ToImmutable());
    }

    static int? Find(ImmutableArray<string> candidates, string[] headers, ProposalPart?[] taken)
    {
        foreach (var candidate in candidates)
        {
            var wanted = HeaderText.Normalize(candidate);
            for (var i = 0; i < headers.Length; i++)
                if (taken[i] is null && headers[i] == wanted)
                    return i;
        }

        return null;
    }
}

public enum DateOrder
{
    MonthFirst,
    DayFirst,
}

/// <param name="Index">From 0, in the header row.</param>
/// <param name="Part">Null for a question of the district's own.</param>
public sealed record BoundColumn(int Index, string Question, ProposalPart? Part);

/// <summary>A layout with the columns that it found.</summary>
public sealed record BoundLayout(FormLayout Layout, ImmutableArray<BoundColumn> Columns)
{
    /// <summary>Parts that no column feeds: the form does not ask, or asks in other words than the settings say.</summary>
    public ImmutableArray<ProposalPart> Missing =>
        [.. Enum.GetValues<ProposalPart>().Where(part => !Asks(part))];

    public bool Asks(ProposalPart part) => Columns.Any(column => column.Part == part);

    public string QuestionOf(ProposalPart part) => Columns.FirstOrDefault(column => column.Part == part)?.Question ?? part.ToString();
}

/// <summary>A cell as the sheet gives it.</summary>
/// <param name="Text">As a person sees it.</param>
/// <param name="Number">Set when the sheet keeps a number; a date is serial days since 1899-12-30.</param>
public readonly record struct RawAnswer(string Text, double? Number = null);
