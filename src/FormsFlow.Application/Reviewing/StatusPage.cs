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
        Uri? FormAddress) : StatusPage;

    public sealed record Unavailable(LinkTrouble Trouble) : StatusPage;
}

/// <param name="AnswerBy">When the stage ends unanswered; null if never, or if it is not open.</param>
public sealed record StageView(
    string Title, StageKind Kind, StageStatus Status, SkipReason? Skipped, StageResult? Result, ImmutableArray<PartyView> Parties, DateTimeOffset? AnswerBy);

/// <param name="AskedAt">Null while it has not been asked.</param>
/// <param name="Choice">Null while it has not answered.</param>
/// <param name="By">The name of who answered; empty while nobody has.</param>
public sealed record PartyView(string Title, DateTimeOffset? AskedAt, Choice? Choice, string By, string Comment, DateTimeOffset? AnsweredAt);

/// <summary>One line of what happened.</summary>
/// <param name="Text">A sentence: "Ana Ruiz (Business) approved."</param>
/// <param name="Detail">What the person wrote, or the list of what changed; empty if there is nothing more.</param>
public sealed record HistoryLine(DateTimeOffset At, string Text, string Detail);
