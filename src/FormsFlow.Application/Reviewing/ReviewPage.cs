using System.Collections.Immutable;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Reviewing;

/// <summary>What a reviewer sees behind the link in the mail.</summary>
public abstract record ReviewPage
{
    ReviewPage() { }

    /// <summary>The question, with a form to answer it.</summary>
    /// <param name="Notice">Why the form is shown again; null at first sight.</param>
    /// <param name="Comment">What was typed before, so that nothing typed is lost.</param>
    /// <param name="Nonce">Goes back with the form: it proves that the page was opened, when, and what it showed. Good for one answer.</param>
    public sealed record Ask(ReviewContext Context, FormNotice? Notice, string Comment, string Nonce) : ReviewPage;

    /// <summary>The person's answer is recorded. While the stage is open it can be changed.</summary>
    /// <param name="CanChange">The stage is open still.</param>
    /// <param name="Nonce">For the form to change it.</param>
    public sealed record Recorded(ReviewContext Context, Vote Vote, bool CanChange, string Nonce) : ReviewPage;

    /// <summary>An answer came in that looks like a machine's: it does not count before the person confirms it from a second mail.</summary>
    /// <param name="Nonce">For the form to answer anew.</param>
    public sealed record Held(ReviewContext Context, HeldAnswer Answer, string Nonce) : ReviewPage;

    /// <summary>What was held, with one button to say that it is the person's own.</summary>
    /// <param name="Notice">Why it is shown again; null at first sight.</param>
    public sealed record Confirm(ReviewContext Context, HeldAnswer Answer, ConfirmNotice? Notice, string Nonce) : ReviewPage;

    /// <summary>The link cannot be used to answer.</summary>
    /// <param name="Context">Null where the link does not say, or does not prove, which proposal it is about.</param>
    public sealed record Unavailable(LinkTrouble Trouble, ReviewContext? Context) : ReviewPage;
}

/// <param name="Reader">The person whom the link was sent to.</param>
/// <param name="Revision">Goes back with the form.</param>
/// <param name="Changes">What the last edit changed; empty if it never was edited.</param>
/// <param name="Choices">What this stage offers, in the order to show.</param>
/// <param name="Others">What other parties have said so far; empty while the settings keep it to themselves.</param>
/// <param name="Recommendations">What earlier stages recommended.</param>
/// <param name="IsLast">Everybody else in the stage has answered: this answer settles it. Null while the settings keep it to themselves.</param>
/// <param name="Earlier">This party's own earlier answers that an edit or a change of mind replaced.</param>
/// <param name="Outcome">Set once the review has ended.</param>
/// <param name="StatusPage">Shows what everybody said; null while the settings keep that to themselves.</param>
/// <param name="SendsAllNotices">Everybody who is asked hears by mail how it ends, and not only the sponsor.</param>
/// <param name="AnswerPage">Where the person answers, and changes an answer.</param>
public sealed record ReviewContext(
    ProposalFacts Facts,
    Proposal Proposal,
    int Revision,
    ImmutableArray<Change> Changes,
    Stage Stage,
    StageRole Role,
    Person Reader,
    DateTimeOffset AskedAt,
    DateTimeOffset? AnswerBy,
    ImmutableArray<Choice> Choices,
    ImmutableArray<Verdict> Others,
    ImmutableArray<Verdict> Recommendations,
    ImmutableArray<Vote> Earlier,
    Outcome? Outcome,
    Uri? StatusPage,
    Uri AnswerPage,
    bool? IsLast,
    bool SendsAllNotices);

/// <summary>Why the page with the one button is shown again.</summary>
public enum ConfirmNotice
{
    /// <summary>The button was pressed faster than a person reads.</summary>
    TooFast,

    /// <summary>The page was open for so long, or its form is so incomplete, that it is better read once more.</summary>
    OpenedAnew,
}

/// <summary>Why the form is shown again.</summary>
public enum FormNotice
{
    /// <summary>No choice was made.</summary>
    ChoiceMissing,

    /// <summary>A denial needs its reason.</summary>
    CommentMissing,

    /// <summary>The sponsor edited the response after the page was opened; look at what changed.</summary>
    EditedSinceOpened,

    /// <summary>The page was open for so long, or the form is so incomplete, that it is better read once more.</summary>
    OpenedAnew,

    /// <summary>The comment is longer than a sheet cell can hold.</summary>
    CommentTooLong,
}

public enum LinkTrouble
{
    /// <summary>Not one of ours, or changed on the way: usually a mail program that cut the address.</summary>
    Unreadable,

    Expired,

    /// <summary>The person does not hold the role any more, or the role is not asked.</summary>
    Superseded,

    /// <summary>Another holder of the same role has answered.</summary>
    AnsweredBySomeoneElse,

    /// <summary>The answer that was held has expired, was replaced, or its proposal was edited: it can be given anew.</summary>
    NothingToConfirm,

    /// <summary>The stage has not begun.</summary>
    NotYetOpen,

    /// <summary>The stage or the whole review has ended.</summary>
    Ended,

    /// <summary>The sponsor has to correct the response first.</summary>
    WaitsForSponsor,

    /// <summary>The proposal's form was taken out of the settings; nobody can say any more who holds its roles.</summary>
    FormAway,
}

/// <param name="Choice">Null if none was made.</param>
/// <param name="Revision">Null if it was not sent or not a number.</param>
public sealed record ReviewAnswer(Choice? Choice, string Comment, int? Revision, string? Nonce);
