using FormsFlow.Application.Links;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Reviewing;

/// <summary>Where links from mails lead.</summary>
public sealed partial class Desk(
    IProposalStore store, ProposalRunner runner, LinkSigner signer, LinkMaker links, IProcessEngine engine, Installation installation, TimeProvider time,
    ILogger<Desk> logger) : IDesk
{
    /// <summary>What a sheet cell can hold.</summary>
    const int LongestComment = 50_000;

    public async Task<ReviewPage> OpenReviewAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, LinkPurpose.Review, cancellationToken) switch
        {
            (Reviewer reviewer, _, _) => Show(token, reviewer),
            (_, var trouble, _) => trouble,
        };

    public async Task<ReviewPage> AnswerAsync(string token, ReviewAnswer answer, CancellationToken cancellationToken)
    {
        var (link, unreadable) = LinkOf(token, LinkPurpose.Review);
        if (link is null) return unreadable;
        // Whoever answers opened the page a moment ago, most often in this very process: what it remembers is enough to record an answer on,
        // since the store refuses what is out of date. What was not recorded is told after another look only.
        var recalled = store.Recall(link.Proposal);
        var (page, execution) = recalled is null ? default : await AnswerAsync(token, link, answer, recalled, cancellationToken);
        if (execution is null || execution.State.Version <= recalled!.State.Version)
            (page, execution) = await AnswerAsync(token, link, answer, await store.LoadAsync(link.Proposal, cancellationToken), cancellationToken);

        if (execution is not null) await ToldAsync(link, execution, cancellationToken);
        return page;
    }

    /// <returns>What the page says to it, and what came of it; null if nothing was to be recorded.</returns>
    async Task<(ReviewPage Page, Execution? Execution)> AnswerAsync(
        string token, ActionLink link, ReviewAnswer answer, StoredProposal? seen, CancellationToken cancellationToken)
    {
        var (reviewer, trouble) = Judge(link, seen?.State);
        if (reviewer is null) return (trouble, null);
        if (!reviewer.MayAnswer) return (Show(token, reviewer), null);

        var proof = ReadProof(token, answer.Nonce);
        if (Check(answer, proof) is { } notice)
        {
            var isUsed = notice is FormNotice.OpenedAnew && proof.Seen is { } mark && mark != reviewer.Ballot!.Mark;
            return (isUsed ? Show(token, reviewer) : AskAgain(token, reviewer, notice, answer.Comment, proof.OpenedAt), null);
        }

        var vote = new Command.CastVote(
            link.Stage, link.Role, reviewer.Reader, answer.Choice!.Value, answer.Comment, answer.Revision!.Value, time.GetUtcNow(), proof.Seen, DoubtOf(proof));
        var execution = await runner.ExecuteAsync(seen!, vote, cancellationToken);

        // What the page says is what was recorded.
        (reviewer, trouble) = Judge(link, execution.State);
        if (reviewer is null) return (trouble, execution);
        return (NoticeOf(execution.Refusal) is { } why ? AskAgain(token, reviewer, why, answer.Comment, null) : Show(token, reviewer), execution);
    }

    public async Task<ReviewPage> OpenConfirmationAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, LinkPurpose.Confirm, cancellationToken) switch
        {
            (Reviewer reviewer, _, _) => ShowHeld(token, reviewer, null, null),
            (_, var trouble, _) => trouble,
        };

    public async Task<ReviewPage> ConfirmAsync(string token, string? nonce, CancellationToken cancellationToken)
    {
        var (reviewer, trouble, seen) = await FindAsync(token, LinkPurpose.Confirm, cancellationToken);
        if (reviewer is null) return trouble;
        if (reviewer.Held is not { } held) return ShowHeld(token, reviewer, null, null);

        // A machine that presses buttons reads this mail, too: without having opened the page, or at once, the button does nothing.
        var proof = ReadProof(token, nonce);
        if (proof.Kind is ProofKind.TooFast) return ShowHeld(token, reviewer, ConfirmNotice.TooFast, proof.OpenedAt);
        if (proof.Kind is not ProofKind.Good || proof.Seen != reviewer.Ballot!.Mark) return ShowHeld(token, reviewer, ConfirmNotice.OpenedAnew, null);

        var link = reviewer.Link;
        var confirm = new Command.ConfirmAnswer(link.Stage, link.Role, reviewer.Reader, held.Event, time.GetUtcNow());
        var execution = await runner.ExecuteAsync(seen!, confirm, cancellationToken);
        await ToldAsync(link, execution, cancellationToken);
        if (execution.Refusal is Refusal.EditedSinceOpened) return new ReviewPage.Unavailable(LinkTrouble.NothingToConfirm, ContextOf(reviewer));

        (reviewer, trouble) = Judge(link, execution.State);
        return reviewer is null ? trouble : ShowHeld(token, reviewer, null, null);
    }

    async Task ToldAsync(ActionLink link, Execution execution, CancellationToken cancellationToken)
    {
        if (execution.Refusal is { } refusal)
        {
            Log.Refused(logger, link.Proposal, link.Stage, link.Role, refusal);
            return;
        }

        Log.Answered(logger, link.Proposal, link.Stage, link.Role);
        await engine.HintAsync(link.Proposal, logger, cancellationToken);
    }

    ReviewPage Show(string token, Reviewer reviewer)
    {
        var nonce = NonceOf(token, reviewer, null);
        if (reviewer.Held is { } held) return new ReviewPage.Held(ContextOf(reviewer), held, nonce);
        if (reviewer.Ballot?.Vote is { } vote) return new ReviewPage.Recorded(ContextOf(reviewer), vote, reviewer.MayAnswer, nonce);
        return new ReviewPage.Ask(ContextOf(reviewer), null, "", nonce);
    }

    ReviewPage ShowHeld(string token, Reviewer reviewer, ConfirmNotice? notice, DateTimeOffset? openedAt)
    {
        var nonce = NonceOf(token, reviewer, openedAt);
        if (reviewer.Held is { } held) return new ReviewPage.Confirm(ContextOf(reviewer), held, notice, nonce);
        if (reviewer.Ballot?.Vote is { } vote) return new ReviewPage.Recorded(ContextOf(reviewer), vote, reviewer.MayAnswer, nonce);
        return new ReviewPage.Unavailable(LinkTrouble.NothingToConfirm, ContextOf(reviewer));
    }

    /// <param name="openedAt">When the person began to read; null: now, because there is something new to read.</param>
    ReviewPage.Ask AskAgain(string token, Reviewer reviewer, FormNotice notice, string comment, DateTimeOffset? openedAt) =>
        new(ContextOf(reviewer), notice, comment, NonceOf(token, reviewer, openedAt));

    static FormNotice? Check(ReviewAnswer answer, Proof proof)
    {
        if (answer.Revision is null || proof.Kind is ProofKind.Stale) return FormNotice.OpenedAnew;
        if (answer.Choice is not { } choice) return FormNotice.ChoiceMissing;
        if (answer.Comment.Length > LongestComment) return FormNotice.CommentTooLong;
        return ProposalProcess.NeedsComment(choice) && ResponseReader.IsBlank(answer.Comment) ? FormNotice.CommentMissing : null;
    }

    static Doubt? DoubtOf(Proof proof) => proof.Kind switch
    {
        ProofKind.TooFast => Doubt.TooFast,
        ProofKind.Missing => Doubt.PageNotOpened,
        _ => null,
    };

    static FormNotice? NoticeOf(Refusal? refusal) => refusal switch
    {
        null => null,
        Refusal.EditedSinceOpened => FormNotice.EditedSinceOpened,
        Refusal.CommentRequired => FormNotice.CommentMissing,
        Refusal.ChoiceNotOffered => FormNotice.ChoiceMissing,
        // The page that is read again says by itself that it ended, that somebody else was first, or what is recorded.
        Refusal.AlreadyClosed or Refusal.StageNotOpen or Refusal.NotAsked or Refusal.AnsweredBySomeoneElse or Refusal.AnsweredSinceOpened
            or Refusal.NothingHeld => null,
        _ => throw new InvalidOperationException($"Nobody has said how {refusal} is shown."),
    };

    static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Information, "Proposal {Id}: {Role} answered in {Stage}")]
        public static partial void Answered(ILogger logger, ProposalId id, string stage, string role);

        [LoggerMessage(1102, LogLevel.Information, "Proposal {Id}: an answer of {Role} in {Stage} was not taken ({Refusal})")]
        public static partial void Refused(ILogger logger, ProposalId id, string stage, string role, Refusal refusal);

        [LoggerMessage(1103, LogLevel.Information, "Proposal {Id} withdrawn by its sponsor")]
        public static partial void Withdrawn(ILogger logger, ProposalId id);
    }
}
