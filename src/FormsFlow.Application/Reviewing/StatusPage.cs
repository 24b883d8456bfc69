using System.Collections.Immutable;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Reviewing;

/// <summary>What the sponsor, or whoever was given the link, sees of a proposal.</summary>
public abstract record StatusPage
{
    StatusPage() { }

    /// <param name="Headline">One sentence: "Waiting for Business and Technology."</param>
    /// <param name="Problems">What the sponsor has to mend; empty unless it needs correction.</param>
    /// <param name="History">Oldest first.</param>
    /// <param name="MayWithdraw">The link is the sponsor's own and the review has not ended.</param>
    /// <param name="Notice">Why a withdrawal was not taken; null if none was tried.</param>
    /// <param name="Nonce">Goes back with the withdrawal: it proves that the page was opened, and when.</param>
    /// <param name="CorrectBy">When the proposal ends uncorrected; null if never, or if nothing has to be corrected.</param>
    public sealed record Shown(
        ProposalFacts Facts,
        Proposal Proposal,
        ProposalStatus Status,
        string Headline,
        Outcome? Outcome,
        ImmutableArray<Problem> Problems,
        ImmutableArray<StageView> Stages,
        ImmutableArray<HistoryLine> History,
        bool MayWithdraw,
        Uri? FormAddress,
        WithdrawTrouble? Notice,
        string Nonce,
        DateTimeOffset? CorrectBy = null) : StatusPage;

    public sealed record Unavailable(LinkTrouble Trouble) : StatusPage;
}

/// <summary>Why the desk did not take a withdrawal.</summary>
public enum WithdrawTrouble
{
    /// <summary>The page was open for so long, or its form is so incomplete, that it is better read once more.</summary>
    OpenedAnew,

    /// <summary>It came faster than a person reads.</summary>
    TooFast,

    /// <summary>The link is not the sponsor's own, or the review has ended.</summary>
    NotPossible,
}

/// <param name="Nonce">From the page that was opened; null if it was not sent.</param>
public sealed record Withdrawal(string Reason, string? Nonce);

/// <param name="Purpose">What the stage is for, as one sentence; empty where nobody has said.</param>
/// <param name="Parties">Empty unless they were asked.</param>
/// <param name="AnswerBy">When the stage ends unanswered; null if never, or if it is not under way.</param>
/// <param name="OpensAt">When it begins, if only time has to pass until then; null otherwise.</param>
public sealed record StageView(
    string Title, string Purpose, StageStanding Standing, ImmutableArray<PartyView> Parties, DateTimeOffset? AnswerBy, DateTimeOffset? OpensAt = null);

/// <param name="Choice">Null while it has not answered; an answer of before an edit where it stands so.</param>
/// <param name="By">The name of who answered; empty while nobody has.</param>
public sealed record PartyView(string Title, PartyStanding Standing, DateTimeOffset AskedAt, Choice? Choice, string By, string Comment, DateTimeOffset? AnsweredAt);

/// <summary>One line of what happened.</summary>
/// <param name="Text">A sentence: "Ana Ruiz (Business) approved."</param>
/// <param name="Detail">What the person wrote, or the list of what changed; empty if there is nothing more.</param>
public sealed record HistoryLine(DateTimeOffset At, string Text, string Detail);
