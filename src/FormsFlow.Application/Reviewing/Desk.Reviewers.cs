using System.Collections.Immutable;
using FormsFlow.Application.Links;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Reviewing;

/// <summary>Whom a link was sent to, and what that person may see.</summary>
public sealed partial class Desk
{
    /// <summary>What the link leads to, as it stands in the store.</summary>
    async Task<(Reviewer? Reviewer, ReviewPage.Unavailable Trouble, StoredProposal? Seen)> FindAsync(string token, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        var (link, unreadable) = LinkOf(token, purpose);
        if (link is null) return (null, unreadable, null);
        var seen = await store.LoadAsync(link.Proposal, cancellationToken);
        var (reviewer, trouble) = Judge(link, seen?.State);
        return (reviewer, trouble, seen);
    }

    (ActionLink? Link, ReviewPage.Unavailable Trouble) LinkOf(string token, LinkPurpose purpose) => signer.Read(token, time.GetUtcNow()) switch
    {
        // A confirmation that has expired is told with the proposal: the person answers anew.
        LinkReading.Expired { Link: { Purpose: LinkPurpose.Confirm } link } when purpose is LinkPurpose.Confirm => (link, null!),
        LinkReading.Expired { Link.Purpose: not LinkPurpose.Confirm } => (null, new ReviewPage.Unavailable(LinkTrouble.Expired, null)),
        LinkReading.Valid { Link: var link } when link.Purpose == purpose => (link, null!),
        _ => (null, new ReviewPage.Unavailable(LinkTrouble.Unreadable, null)),
    };

    /// <summary>Who the link makes of its bearer in this state, or why nobody.</summary>
    /// <param name="known">Null if there is no such proposal.</param>
    (Reviewer? Reviewer, ReviewPage.Unavailable Trouble) Judge(ActionLink link, ProposalState.Known? known)
    {
        if (known is not { } state) return Trouble(LinkTrouble.Unreadable);
        var dossier = state.Dossier;
        if (!installation.Has(dossier.Form)) return Trouble(LinkTrouble.FormAway);
        if (dossier.Definition.Stages.FirstOrDefault(stage => stage.Key == link.Stage) is not { } stage
            || stage.Roles.FirstOrDefault(role => role.Key == link.Role) is not { } role) return Trouble(LinkTrouble.Unreadable);

        var progress = dossier.Progress(link.Stage);
        var ballot = progress.Ballot(link.Role);
        if (ReaderOf(link, dossier, ballot) is not { } reader) return Trouble(LinkTrouble.Superseded);

        var reviewer = new Reviewer(link, state, stage, role, progress, ballot, reader, time.GetUtcNow());
        if (ballot?.Vote is { } vote && vote.By.Is(reader)) return (reviewer, null!);
        LinkTrouble? trouble = state switch
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
        return dossier.Holders(installation.Form(dossier.Form).Roster, link.Role, today).FirstOrDefault(person => person.Key == link.Reader);
    }

    ReviewContext ContextOf(Reviewer reviewer)
    {
        var dossier = reviewer.State.Dossier;
        var askedAt = reviewer.Ballot?.AskedAt ?? dossier.ReceivedAt;
        ImmutableArray<Verdict> others =
        [
            .. from ballot in reviewer.Progress.Ballots
               where ballot.Role != reviewer.Role.Key
               select Facts.VerdictOf(reviewer.State, reviewer.Stage, ballot, reviewer.Now),
        ];
        var mayKnow = installation.ShowOthers || reviewer.IsPast;
        return new ReviewContext(
            Facts.Of(dossier, installation), dossier.Proposal, dossier.Revision, dossier.Changes, reviewer.Stage, reviewer.Role, reviewer.Reader,
            askedAt, reviewer.Progress.ExpiresAt, reviewer.Stage.Offers(),
            mayKnow ? others : [], Facts.Recommendations(reviewer.State, reviewer.Now, mayKnow ? null : reviewer.Stage), reviewer.Ballot?.Earlier ?? [],
            dossier.Outcome, mayKnow ? links.Status(dossier) : null, links.Review(dossier, reviewer.Stage.Key, reviewer.Role.Key, reviewer.Reader, askedAt),
            IsLast: mayKnow ? others.All(other => other.Standing is PartyStanding.Answered) : null,
            dossier.Definition.SendsAllNotices());
    }

    sealed record Reviewer(
        ActionLink Link, ProposalState.Known State, Stage Stage, StageRole Role, StageProgress Progress, Ballot? Ballot, Person Reader, DateTimeOffset Now)
    {
        public bool MayAnswer => State is ProposalState.InReview && Progress.Status is StageStatus.Open;

        /// <summary>Nothing that others have said can sway this party any more: its answer counts, or can count no more.</summary>
        public bool IsPast => State.Dossier.Outcome is not null || Ballot?.Vote is not null || Progress.Status is StageStatus.Settled or StageStatus.Skipped;

        /// <summary>What waits for this person to confirm it.</summary>
        public HeldAnswer? Held => MayAnswer && Ballot?.HeldAt(Now) is { } held && held.Vote.By.Is(Reader) ? held : null;
    }
}
