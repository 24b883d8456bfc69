using System.Text.Json.Serialization;

namespace FormsFlow.SheetsEmulator.Forms;

/// <summary>A Google Form as it is described in a JSON file such as <c>samples/proposal-form.json</c>.</summary>
public sealed record FormDefinition
{
    public string Id { get; init; } = "";
    public required string Title { get; init; }
    public string? Description { get; init; }

    /// <summary>Ask for the respondent's address; it gets a column of its own.</summary>
    public bool CollectEmail { get; init; }

    /// <summary>Offer “Edit your response” after submitting.</summary>
    public bool AllowEdit { get; init; }
    public string? Confirmation { get; init; }

    /// <summary>
    /// Read answers as Google does when it writes them into the sheet: digits become numbers and dates become dates.
    /// Never formulas.
    /// </summary>
    public bool ConvertAnswers { get; init; } = true;

    /// <summary>The tab that takes the responses.</summary>
    public int SheetId { get; init; }

    public IReadOnlyList<FormSection> Sections { get; init; } = [];

    /// <summary>A page for each section; a form without sections is one page.</summary>
    [JsonIgnore]
    public IReadOnlyList<FormSection> Pages => Sections.Count > 0 ? Sections : [new FormSection()];

    [JsonIgnore]
    public IEnumerable<FormQuestion> Questions => Sections.SelectMany(s => s.Questions);
}

public sealed record FormSection
{
    public string? Title { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<FormQuestion> Questions { get; init; } = [];
}

public sealed record FormQuestion
{
    /// <summary>Stays the same when the question is renamed. Given by the emulator when it is left out.</summary>
    public string Id { get; init; } = "";
    public required string Title { get; init; }

    /// <summary><c>short</c>, <c>paragraph</c>, <c>choice</c>, <c>checkboxes</c>, <c>dropdown</c>, <c>date</c> or <c>file</c>.</summary>
    public string Type { get; init; } = "short";
    public bool Required { get; init; }
    public string? Help { get; init; }
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>How many files a <c>file</c> question takes: 1, 5 or 10 in Google Forms.</summary>
    public int MaxFiles { get; init; } = 1;
}

/// <summary>A response as the form keeps it, whatever happens to its row.</summary>
/// <param name="Id">Opaque; part of the “edit your response” link.</param>
/// <param name="Email">The respondent's address, where the form collects it.</param>
/// <param name="Answers">By question id.</param>
/// <param name="SubmittedAt">Of the latest submission.</param>
public sealed record FormResponse(string Id, string? Email, IReadOnlyDictionary<string, string> Answers, DateTimeOffset SubmittedAt);
