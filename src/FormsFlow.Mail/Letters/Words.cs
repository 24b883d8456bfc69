using System.Collections.Immutable;
using System.Globalization;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Mail.Letters;

/// <summary>What several letters say alike.</summary>
static class Words
{
    const int MostChanges = 8;

    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static Block Greeting(Person to) => new Block.Paragraph(CallName.Of(to.Name) is { Length: > 0 } name ? Phrase.Of($"Hello {name},") : Phrase.Of($"Hello,"));

    /// <summary>"Friday, December 4, 2026" where the district is.</summary>
    public static string Day(DateTimeOffset instant, ProposalFacts about) => Local(instant, about).ToString("dddd, MMMM d, yyyy", English);

    /// <summary>With the time of day.</summary>
    public static string Time(DateTimeOffset instant, ProposalFacts about) => Local(instant, about).ToString("dddd, MMMM d, yyyy, h:mm tt", English);

    public static string Sponsor(ProposalFacts about) => string.IsNullOrWhiteSpace(about.Sponsor) ? "a colleague" : about.Sponsor;

    /// <summary>Before a verb: "Jane Doe, Lincoln Elementary," with the comma that closes what the first one opened.</summary>
    public static Phrase SponsorWho(ProposalFacts about)
    {
        var sponsor = Sponsor(about);
        return sponsor.Contains(',', StringComparison.Ordinal) && !sponsor.TrimEnd().EndsWith(',') ? Phrase.Of($"{sponsor},") : Phrase.Of($"{sponsor}");
    }

    public static string Product(ProposalFacts about) => string.IsNullOrWhiteSpace(about.Product) ? "(no title)" : about.Product;

    public static string WorkingDays(int days) => days == 1 ? "1 working day" : string.Create(English, $"{days} working days");

    /// <summary>"Reminder", "Second reminder": at the beginning of a subject.</summary>
    public static string ReminderWord(int number) => number switch
    {
        <= 1 => "Reminder",
        2 => "Second reminder",
        3 => "Third reminder",
        _ => string.Create(English, $"Reminder {number}"),
    };

    /// <summary>"second", "3rd".</summary>
    public static string Ordinal(int number) => number switch
    {
        1 => "first",
        2 => "second",
        3 => "third",
        _ => string.Create(English, $"{number}th"),
    };

    /// <summary>What the person chose, as the page's label says it.</summary>
    public static string Entered(Choice choice) => choice switch
    {
        Choice.Approve => "Approve",
        Choice.Deny => "Deny",
        Choice.Recommend => "Recommend",
        Choice.AdviseAgainst => "Advise against",
        Choice.Done => "Done",
        Choice.Impossible => "Cannot be done",
        Choice.Renew => "Renew",
        Choice.Retire => "Retire",
        _ => throw new InvalidOperationException($"Nobody has said how {choice} is told."),
    };

    public static Phrase Questions(StageRole role) => role.Questions.Length == 1 ? Phrase.Of($"The guiding question for {role.Title}") : Phrase.Of($"The guiding questions for {role.Title}");

    /// <summary>What the reader of a request or a reminder must know at a glance.</summary>
    public static Block Facts(ProposalFacts about, DateTimeOffset? answerBy)
    {
        var facts = ImmutableArray.CreateBuilder<Fact>();
        facts.Add(new Fact("Proposed by", Sponsor(about)));
        if (!string.IsNullOrWhiteSpace(about.Deadline)) facts.Add(new Fact("To be in use by", about.Deadline));
        if (answerBy is { } by) facts.Add(new Fact("Your answer by", Time(by, about)));
        return new Block.Facts(facts.ToImmutable());
    }

    public static Phrase IsOrAre(ImmutableArray<string> parties) => parties.Length == 1 ? Phrase.Of($"is") : Phrase.Of($"are");

    /// <summary>What an edit changed: as much of it as a mail holds.</summary>
    /// <param name="page">Where the rest can be read.</param>
    public static Block.Changes Changes(ImmutableArray<Change> changes, Uri page)
    {
        var shown = changes.Take(MostChanges).Select(change =>
        {
            var (before, after) = Excerpt.Around(change.Before, change.After);
            return new ChangeExcerpt(CleanText.Line(change.Question, 200), before, after);
        });
        return new Block.Changes($"What changed", [.. shown], Math.Max(0, changes.Length - MostChanges), page);
    }

    /// <summary>What the button to the review page says.</summary>
    public static string Action(StageKind kind) => kind switch
    {
        StageKind.Vote => "Read and decide",
        StageKind.Recommendation => "Read and recommend",
        _ => "Read and report back",
    };

    /// <summary>"Curriculum, District Review Committee".</summary>
    public static string Label(Stage stage, StageRole role) =>
        string.Equals(stage.Title, role.Title, StringComparison.OrdinalIgnoreCase) ? role.Title : $"{role.Title} \u00b7 {stage.Title}";

    public static Phrase WhyAsked(ProposalFacts about, StageRole role) =>
        $"You are receiving this e-mail because {(role.Asked is Holder.Sponsor ? "you proposed this" : $"you answer for {role.Title}")} at {about.District}. The link in it is yours alone, so please do not forward it.";

    /// <summary>Below every mail.</summary>
    public static string Footer(ProposalFacts about) =>
        $"{(about.Id is { } id ? $"Proposal {id}. " : "")}{ZoneText.Sentence(about.Zone)} Sent automatically by FormsFlow.";

    static DateTimeOffset Local(DateTimeOffset instant, ProposalFacts about) => TimeZoneInfo.ConvertTime(instant, about.Zone);
}
