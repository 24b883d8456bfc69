using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Web;

/// <summary>What a thing means for its reader; shown as a colour, a mark and a word, never as a colour alone.</summary>
public enum Tone
{
    Calm,
    Good,
    Bad,
    Wait,
}

/// <summary>What the pages call things.</summary>
static class Wording
{
    /// <summary>What the form sends for a choice.</summary>
    public static string Value(Choice choice) => choice switch
    {
        Choice.Approve => "approve",
        Choice.Deny => "deny",
        Choice.Recommend => "recommend",
        Choice.AdviseAgainst => "advise-against",
        Choice.Done => "done",
        Choice.Impossible => "impossible",
        _ => throw Unknown(choice),
    };

    /// <summary>Null for whatever no form of ours offers.</summary>
    public static Choice? ChoiceOf(string? value)
    {
        foreach (var choice in Enum.GetValues<Choice>())
            if (Value(choice) == value)
                return choice;
        return null;
    }

    public static string Label(Choice choice) => choice switch
    {
        Choice.Approve => "Approve",
        Choice.Deny => "Deny",
        Choice.Recommend => "Recommend",
        Choice.AdviseAgainst => "Advise against",
        Choice.Done => "Done",
        Choice.Impossible => "Cannot be done",
        _ => throw Unknown(choice),
    };

    /// <summary>What follows from the choice.</summary>
    public static string Hint(Choice choice, Stage stage, StageRole role) => choice switch
    {
        Choice.Approve => $"{role.Title} agrees.",
        Choice.Deny when stage is { OnDenial: OnDenial.CloseAtOnce, Rule: Rule.All } => "This ends the review. The sponsor reads your reason.",
        Choice.Deny => $"{role.Title} does not agree. The sponsor reads your reason.",
        Choice.Recommend => "Nothing stands in its way; say what to watch for, if anything.",
        Choice.AdviseAgainst => "Say what stands in its way. It decides nothing by itself.",
        Choice.Done => "Note numbers, dates or names that others will need.",
        Choice.Impossible => "Say what stands in the way.",
        _ => throw Unknown(choice),
    };

    /// <summary>As a badge: what a party has said.</summary>
    public static string Said(Choice? choice) => choice is { } said ? SheetLine.Word(said) : "No answer yet";

    /// <summary>"You … for Business."</summary>
    public static string You(Choice choice) => choice switch
    {
        Choice.Approve => "approved this proposal",
        Choice.Deny => "denied this proposal",
        Choice.Recommend => "recommended this proposal",
        Choice.AdviseAgainst => "advised against this proposal",
        Choice.Done => "reported this as done",
        Choice.Impossible => "reported that this cannot be done",
        _ => throw Unknown(choice),
    };

    /// <summary>Of a party that is waited for no more: blame only where time ran out.</summary>
    public static string Unsaid(Outcome? outcome) => outcome is null or { Kind: OutcomeKind.Expired } ? "Did not answer" : "Not needed any more";

    public static Tone ToneOfUnsaid(Outcome? outcome) => outcome is null or { Kind: OutcomeKind.Expired } ? Tone.Wait : Tone.Calm;

    public static Tone ToneOf(Choice? choice) => choice switch
    {
        null => Tone.Wait,
        Choice.Approve or Choice.Recommend or Choice.Done => Tone.Good,
        _ => Tone.Bad,
    };

    /// <summary>The question that the choice answers.</summary>
    public static string Question(Stage stage) => stage.Kind switch
    {
        StageKind.Vote => "Your decision",
        StageKind.Recommendation => "Your recommendation",
        _ => "Your report",
    };

    /// <summary>What the button records.</summary>
    public static string Noun(StageKind kind) => kind switch
    {
        StageKind.Vote => "decision",
        StageKind.Recommendation => "recommendation",
        _ => "report",
    };

    /// <summary>When a reason is asked for, by the choice that needs it.</summary>
    public static string CommentHint(IEnumerable<Choice> choices) => choices.FirstOrDefault(ProposalProcess.NeedsComment) switch
    {
        Choice.Deny => "Required if you deny.",
        Choice.AdviseAgainst => "Required if you advise against it.",
        Choice.Impossible => "Required if it cannot be done.",
        _ => "You may leave this empty.",
    };

    public static string OutcomeWord(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Approved => "Approved",
        OutcomeKind.Denied => "Denied",
        OutcomeKind.Expired => "Expired",
        OutcomeKind.Withdrawn => "Withdrawn",
        OutcomeKind.Duplicate => "Duplicate",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static Tone ToneOf(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Approved => Tone.Good,
        OutcomeKind.Denied => Tone.Bad,
        OutcomeKind.Expired => Tone.Wait,
        _ => Tone.Calm,
    };

    static ArgumentOutOfRangeException Unknown(Choice choice) => new(nameof(choice), choice, "Nobody has said what this choice is called.");
}
