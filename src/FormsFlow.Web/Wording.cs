using FormsFlow.Application.Mailing;
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
        Choice.Renew => "renew",
        Choice.Retire => "retire",
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
        Choice.Renew => "Renew",
        Choice.Retire => "Retire",
        _ => throw Unknown(choice),
    };

    /// <summary>What follows from the choice.</summary>
    public static string Hint(Choice choice, Stage stage, StageRole role) => choice switch
    {
        Choice.Approve => $"{role.Title} agrees.",
        Choice.Deny when stage is { OnDenial: OnDenial.CloseAtOnce, Rule: Rule.All } => "This ends the review at once. The sponsor reads your reason.",
        Choice.Deny => $"{role.Title} does not agree. The sponsor reads your reason.",
        Choice.Recommend => "Nothing speaks against it. Mention anything to watch for.",
        Choice.AdviseAgainst => "Say what speaks against it. The committee decides.",
        Choice.Done => "Enter numbers, dates or names that others will need.",
        Choice.Impossible => "Say why not.",
        Choice.Renew => "The district keeps using it.",
        Choice.Retire => "The district stops using it. Say why: others learn from it.",
        _ => throw Unknown(choice),
    };

    /// <summary>Why an answer was held.</summary>
    public static string Why(Doubt doubt) => doubt switch
    {
        Doubt.TooFast => "This answer came faster than a person can read the page; programs that check the links in e\u2011mails do that.",
        Doubt.PageNotOpened => "This answer came in without the page having been opened; programs that check the links in e\u2011mails do that.",
        Doubt.BothAnswers => "Two opposite answers came in within a few seconds; programs that check the links in e\u2011mails do that.",
        _ => throw new ArgumentOutOfRangeException(nameof(doubt), doubt, "Nobody has said how this is told."),
    };

    /// <summary>"You … for Business."</summary>
    public static string You(Choice choice) => choice switch
    {
        Choice.Approve => "approved this proposal",
        Choice.Deny => "denied this proposal",
        Choice.Recommend => "recommended this proposal",
        Choice.AdviseAgainst => "advised against this proposal",
        Choice.Done => "reported this as done",
        Choice.Impossible => "reported that this cannot be done",
        Choice.Renew => "renewed this product",
        Choice.Retire => "retired this product",
        _ => throw Unknown(choice),
    };

    public static Tone ToneOf(PartyStanding standing, Choice? choice) => standing switch
    {
        PartyStanding.Answered => ToneOf(choice),
        PartyStanding.NoLongerNeeded or PartyStanding.AnsweredEarlier or PartyStanding.NotAsked => Tone.Calm,
        _ => Tone.Wait,
    };

    public static Tone ToneOf(StageStanding standing) => standing switch
    {
        StageStanding.UnderWay or StageStanding.OnHold or StageStanding.TimeRanOut => Tone.Wait,
        StageStanding.Approved or StageStanding.Completed => Tone.Good,
        StageStanding.Denied => Tone.Bad,
        _ => Tone.Calm,
    };

    public static Tone ToneOf(Choice? choice) => choice switch
    {
        null => Tone.Wait,
        Choice.Approve or Choice.Recommend or Choice.Done or Choice.Renew => Tone.Good,
        _ => Tone.Bad,
    };

    /// <summary>The question that the choice answers.</summary>
    public static string Question(Stage stage) => stage.Kind switch
    {
        StageKind.Vote => "Your decision",
        StageKind.Recommendation => "Your recommendation",
        _ => "Your report",
    };

    /// <summary>What is asked above the choices.</summary>
    public static string Legend(StageKind kind, StageRole role) => kind switch
    {
        StageKind.Vote => $"What is the decision of {role.Title}?",
        StageKind.Recommendation => $"What does {role.Title} recommend?",
        _ => "How did it go?",
    };

    /// <summary>What the button records.</summary>
    public static string Noun(StageKind kind) => kind switch
    {
        StageKind.Vote => "decision",
        StageKind.Recommendation => "recommendation",
        _ => "report",
    };

    /// <summary>For how long an answer can be taken back: what settles the stage is final, because everybody is told at once.</summary>
    /// <param name="isLast">Null where the person is not to know.</param>
    public static string Changeable(Stage stage, bool? isLast) => (stage.Kind, isLast) switch
    {
        (StageKind.Vote, true) => "Yours is the last answer. It settles the review as soon as you record it, everyone is told, and it cannot be changed after that.",
        (StageKind.Vote, _) when stage is { OnDenial: OnDenial.CloseAtOnce, Rule: Rule.All } =>
            "You can change an approval until everyone has answered. A denial ends the review at once and cannot be changed after that.",
        (StageKind.Vote, _) => "You can change your decision until everyone has answered.",
        (_, true) => $"Your {Noun(stage.Kind)} is passed on as soon as you record it and cannot be changed after that.",
        _ => $"You can change your {Noun(stage.Kind)} until everyone has answered.",
    };

    /// <summary>When a reason is asked for, by the choice that needs it.</summary>
    public static string CommentHint(IEnumerable<Choice> choices) => choices.FirstOrDefault(ProposalProcess.NeedsComment) switch
    {
        Choice.Deny => "Required if you deny.",
        Choice.AdviseAgainst => "Required if you advise against it.",
        Choice.Impossible => "Required if it cannot be done.",
        Choice.Retire => "Required if it is retired.",
        _ => "You may leave this empty.",
    };

    public static Tone ToneOf(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Approved => Tone.Good,
        OutcomeKind.Denied => Tone.Bad,
        OutcomeKind.Expired or OutcomeKind.Lapsed => Tone.Wait,
        _ => Tone.Calm,
    };

    static ArgumentOutOfRangeException Unknown(Choice choice) => new(nameof(choice), choice, "Nobody has said what this choice is called.");
}
