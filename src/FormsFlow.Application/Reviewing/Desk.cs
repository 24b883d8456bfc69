using System.Collections.Immutable;
using FormsFlow.Application.Links;
using FormsFlow.Application.Mailing;
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

    /// <summary>A page that was open for longer is worth another look.</summary>
    static readonly TimeSpan LongestReading = TimeSpan.FromDays(2);

    public async Task<ReviewPage> OpenReviewAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, cancellationToken) switch
        {
            (Reviewer reviewer, _) => Show(token, reviewer, null, ""),
            (_, var trouble) => trouble,
        };

    public async Task<ReviewPage> AnswerAsync(string token, ReviewAnswer answer, CancellationToken cancellationToken)
    {
        var (reviewer, trouble) = await FindAsync(token, cancellationToken);
        if (reviewer is null) return trouble;
        if (!reviewer.MayAnswer) return Show(token, reviewer, null, "");
        if (Check(token, answer) is { } notice) return Show(token, reviewer, notice, answer.Comment);

        var vote = new Command.CastVote(
            reviewer.Link.Stage, reviewer.Link.Role, reviewer.Reader, answer.Choice!.Value, answer.Comment, answer.Revision!.Value, time.GetUtcNow());
        var execution = await runner.ExecuteAsync(reviewer.Link.Proposal, vote, null, cancellationToken);
        if (execution.Refusal is null)
        {
            Log.Answered(logger, reviewer.Link.Proposal, reviewer.Link.Stage, reviewer.Link.Role, vote.Choice);
            await engine.HintAsync(reviewer.Link.Proposal, logger, cancellationToken);
        }
        else
        {
            Log.Refused(logger, reviewer.Link.Proposal, reviewer.Link.Stage, reviewer.Link.Role, execution.Refusal.Value);
        }

        // Read again: what the page says is what the store holds.
        (reviewer, trouble) = await FindAsync(token, cancellationToken);
        return reviewer is null ? trouble : Show(token, reviewer, NoticeOf(execution.Refusal), execution.Refusal is null ? "" : answer.Comment);
    }

    public async Task<StatusPage> OpenStatusAsync(string token, CancellationToken cancellationToken) =>
        await FindStatusAsync(token, cancellationToken) is var (link, stored)
            ? StatusView.Show(stored.State, await store.ReadEventsAsync(link.Proposal, cancellationToken), MayWithdraw(link, stored.State), installation)
            : new StatusPage.Unavailable(TroubleOf(token));

    public async Task<StatusPage> WithdrawAsync(string token, string reason, CancellationToken cancellationToken)
    {
        if (await FindStatusAsync(token, cancellationToken) is var (link, stored) && MayWithdraw(link, stored.State))
        {
            var bounded = reason.Length > LongestComment ? reason[..LongestComment] : reason;
            var execution = await runner.ExecuteAsync(link.Proposal, new Command.Withdraw(bounded, time.GetUtcNow()), null, cancellationToken);
            if (execution.Refusal is null)
            {
                Log.Withdrawn(logger, link.Proposal);
                await engine.HintAsync(link.Proposal, logger, cancellationToken);
            }
        }

        return await OpenStatusAsync(token, cancellationToken);
    }

    async Task<(Reviewer? Reviewer, ReviewPage.Unavailable Trouble)> FindAsync(string token, CancellationToken cancellationToken)
    {
        var reading = signer.Read(token, time.GetUtcNow());
        if (reading is LinkReading.Expired) return Trouble(LinkTrouble.Expired);
        if (reading is not LinkReading.Valid { Link: { Purpose: LinkPurpose.Review } link }) return Trouble(LinkTrouble.Unreadable);
        if (await store.LoadAsync(link.Proposal, cancellationToken) is not { } stored) return Trouble(LinkTrouble.Unreadable);

        var dossier = stored.State.Dossier;
        if (dossier.Definition.Stages.FirstOrDefault(stage => stage.Key == link.Stage) is not { } stage
            || stage.Roles.FirstOrDefault(role => role.Key == link.Role) is not { } role) return Trouble(LinkTrouble.Unreadable);

        var progress = dossier.Progress(link.Stage);
        var ballot = progress.Ballot(link.Role);
        if (ReaderOf(link, dossier, ballot) is not { } reader) return Trouble(LinkTrouble.Superseded);

        var reviewer = new Reviewer(link, stored.State, stage, role, progress, ballot, reader);
        if (ballot?.Vote is { } vote && vote.By.Is(reader)) return (reviewer, null!);
        LinkTrouble? trouble = stored.State switch
        {
            ProposalState.NeedsCorrection => LinkTrouble.WaitsForSponsor,
            ProposalState.Closed => LinkTrouble.Ended,
            _ when progress.Status is StageStatus.Waiting => LinkTrouble.NotYetOpen,
            _ when progress.Status is not StageStatus.Open => LinkTrouble.Ended,
            _ when ballot is null => LinkTrouble.Superseded,
            _ when ballot.Vote is not null => LinkTrouble.AnsweredBySomeoneElse,
            _ => null,
        };
        return trouble is { } found ? (null, new ReviewPage.Unavailable(found, ContextOf(reviewer))) : (reviewer, null!);

        static (Reviewer?, ReviewPage.Unavailable) Trouble(LinkTrouble trouble) => (null, new ReviewPage.Unavailable(trouble, null));
    }

    /// <summary>Who may answer by this link: a holder of the role today, or whoever answered by it before.</summary>
    Person? ReaderOf(ActionLink link, Dossier dossier, Ballot? ballot)
    {
        if (ballot?.Vote is { } vote && vote.By.Key == link.Reader) return vote.By;
        var today = installation.Calendar.DayOf(time.GetUtcNow());
        return installation.Form(dossier.Form).Roster.Holders(link.Role, today).FirstOrDefault(person => person.Key == link.Reader);
    }

    ReviewPage Show(string token, Reviewer reviewer, FormNotice? notice, string comment)
    {
        var nonce = signer.SignOpening(token, time.GetUtcNow());
        var context = ContextOf(reviewer);
        if (notice is null && reviewer.Ballot?.Vote is { } vote)
        {
            return new ReviewPage.Recorded(context, vote, reviewer.MayAnswer, nonce);
        }

        return new ReviewPage.Ask(context, notice, comment, nonce);
    }

    FormNotice? Check(string token, ReviewAnswer answer)
    {
        if (signer.ReadOpening(token, answer.Nonce) is not { } openedAt || answer.Revision is null) return FormNotice.OpenedAnew;
        var reading = time.GetUtcNow() - openedAt;
        if (reading > LongestReading || reading < -TimeSpan.FromMinutes(5)) return FormNotice.OpenedAnew;
        if (answer.Choice is not { } choice) return FormNotice.ChoiceMissing;
        if (answer.Comment.Length > LongestComment) return FormNotice.CommentTooLong;
        if (ProposalProcess.NeedsComment(choice) && string.IsNullOrWhiteSpace(answer.Comment)) return FormNotice.CommentMissing;
        return reading < installation.ShortestReading ? FormNotice.TooFast : null;
    }

    static FormNotice? NoticeOf(Refusal? refusal) => refusal switch
    {
        null => null,
        Refusal.EditedSinceOpened => FormNotice.EditedSinceOpened,
        Refusal.CommentRequired => FormNotice.CommentMissing,
        Refusal.ChoiceNotOffered => FormNotice.ChoiceMissing,
        // The page that is read again says by itself that it ended or that somebody else was first.
        Refusal.AlreadyClosed or Refusal.StageNotOpen or Refusal.NotAsked or Refusal.AnsweredBySomeoneElse => null,
        _ => throw new InvalidOperationException($"Nobody has said how {refusal} is shown."),
    };

    ReviewContext ContextOf(Reviewer reviewer)
    {
        var dossier = reviewer.State.Dossier;
        ImmutableArray<Verdict> others =
        [
            .. from ballot in reviewer.Progress.Ballots
               where ballot.Role != reviewer.Role.Key
               select Facts.VerdictOf(reviewer.Stage, ballot),
        ];
        return new ReviewContext(
            Facts.Of(dossier, installation), dossier.Proposal, dossier.Revision, dossier.Changes, reviewer.Stage, reviewer.Role, reviewer.Reader,
            reviewer.Ballot?.AskedAt ?? dossier.ReceivedAt, reviewer.Progress.ExpiresAt, ProposalProcess.ChoicesOf(reviewer.Stage.Kind),
            installation.ShowOthers || dossier.Outcome is not null ? others : [], Facts.Recommendations(dossier), reviewer.Ballot?.Earlier ?? [],
            dossier.Outcome, links.Status(dossier));
    }

    async Task<(ActionLink Link, StoredProposal Stored)?> FindStatusAsync(string token, CancellationToken cancellationToken)
    {
        if (signer.Read(token, time.GetUtcNow()) is not LinkReading.Valid { Link: { Purpose: LinkPurpose.Status or LinkPurpose.Sponsor } link }) return null;
        return await store.LoadAsync(link.Proposal, cancellationToken) is { } stored ? (link, stored) : null;
    }

    LinkTrouble TroubleOf(string token) =>
        signer.Read(token, time.GetUtcNow()) is LinkReading.Expired ? LinkTrouble.Expired : LinkTrouble.Unreadable;

    /// <summary>Only by a link that was sent to somebody who is the sponsor still.</summary>
    static bool MayWithdraw(ActionLink link, ProposalState.Known state) =>
        link.Purpose is LinkPurpose.Sponsor
        && state is not ProposalState.Closed
        && state.Dossier.Outcome is null
        && state.Dossier.Proposal.SponsorAddresses.Any(address => new Person("", address).Key == link.Reader);

    sealed record Reviewer(
        ActionLink Link, ProposalState.Known State, Stage Stage, StageRole Role, StageProgress Progress, Ballot? Ballot, Person Reader)
    {
        public bool MayAnswer => State is ProposalState.InReview && Progress.Status is StageStatus.Open;
    }

    static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Information, "Proposal {Id}: {Role} answered {Choice} in {Stage}")]
        public static partial void Answered(ILogger logger, ProposalId id, string stage, string role, Choice choice);

        [LoggerMessage(1102, LogLevel.Information, "Proposal {Id}: an answer of {Role} in {Stage} was not taken ({Refusal})")]
        public static partial void Refused(ILogger logger, ProposalId id, string stage, string role, Refusal refusal);

        [LoggerMessage(1103, LogLevel.Information, "Proposal {Id} withdrawn by its sponsor")]
        public static partial void Withdrawn(ILogger logger, ProposalId id);
    }
}
