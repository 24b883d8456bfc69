using System.Collections.Immutable;
using FormsFlow.Application.Links;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Mailing;

/// <summary>Says what an effect's mail contains, from the proposal as it stands when the mail goes out.</summary>
public sealed class MailComposer(Installation installation, LinkMaker links, TimeProvider time)
{
    /// <returns>Null if the mail has become pointless: what it asks for was answered or ended meanwhile.</returns>
    public MailMessage? Compose(ProposalState.Known state, Effect effect)
    {
        var dossier = state.Dossier;
        var id = $"{dossier.Id}/{effect.Id}";
        var about = Facts.Of(dossier, installation);
        return effect switch
        {
            Effect.RequestReview e => Open(state, e.Stage, e.Role) is { Ballot.Vote: null } open
                ? new MailMessage.ReviewRequest(
                    id, e.To, about, open.Stage, open.Role, links.Review(dossier, e.Stage, e.Role, e.To, open.Ballot.AskedAt), open.Progress.ExpiresAt,
                    Relevant(dossier.Proposal, open.Role), e.Again, e.Again ? dossier.Changes : [])
                : null,
            Effect.RemindReviewer e => Open(state, e.Stage, e.Role) is { Ballot.Vote: null } open
                ? new MailMessage.Reminder(
                    id, e.To, about, open.Stage, open.Role, links.Review(dossier, e.Stage, e.Role, e.To, open.Ballot.AskedAt), open.Progress.ExpiresAt,
                    e.Number, WaitingDays(open.Ballot.AskedAt), PlanOf(dossier, open.Stage, open.Progress))
                : null,
            Effect.RequestConfirmation e => Open(state, e.Stage, e.Role) is { } open && open.Ballot.HeldAt(time.GetUtcNow()) is { } held && held.Vote.By.Is(e.To)
                ? new MailMessage.ConfirmationRequest(
                    id, e.To, about, open.Stage, open.Role, held.Vote, links.Confirm(dossier, e.Stage, e.Role, e.To, held.ExpiresAt),
                    links.Review(dossier, e.Stage, e.Role, e.To, open.Ballot.AskedAt), held.ExpiresAt)
                : null,
            Effect.Escalate e => Late(state, e.Stage) is { IsEmpty: false } late
                ? new MailMessage.Escalation(
                    id, e.To, about, dossier.Definition.Stage(e.Stage), late, dossier.Progress(e.Stage).ExpiresAt,
                    dossier.Progress(e.Stage).Reminders is [var next, ..] ? next : null, links.Status(dossier))
                : null,
            Effect.AcknowledgeResponse e => new MailMessage.Acknowledgement(id, e.To, about, PartiesAsked(dossier), links.Sponsor(dossier, e.To)),
            Effect.AcknowledgeEdit e => EditNotices.Of(id, e, about, state, links),
            Effect.RequestCorrection e => Correction(id, e.To, about, state, 0),
            Effect.RemindSponsor e => Correction(id, e.To, about, state, e.Number),
            Effect.TellSponsorOutcome e => new MailMessage.OutcomeNotice(
                id, e.To, about, OutcomeOf(dossier), Facts.Verdicts(state, time.GetUtcNow()), installation.Form(dossier.Form).Address,
                links.Sponsor(dossier, e.To), ToSponsor: true, ToAll: dossier.Definition.SendsAllNotices()),
            Effect.TellReviewerOutcome e => new MailMessage.OutcomeNotice(
                id, e.To, about, OutcomeOf(dossier), Facts.Verdicts(state, time.GetUtcNow()), null, links.Status(dossier), ToSponsor: false),
            Effect.TellAdministrator e => Notice(state, e.Event) is var (what, reason)
                ? new MailMessage.AdministratorNotice(id, e.To, about, what, reason, links.Status(dossier))
                : null,
            _ => throw new InvalidOperationException($"Nobody has said what the mail for {effect.GetType().Name} contains."),
        };
    }

    static (Stage Stage, StageRole Role, StageProgress Progress, Ballot Ballot)? Open(ProposalState state, string stageKey, string roleKey)
    {
        if (state is not ProposalState.InReview { Dossier: var dossier }) return null;
        var progress = dossier.Progress(stageKey);
        if (progress.Status is not StageStatus.Open || progress.Ballot(roleKey) is not { } ballot) return null;
        var stage = dossier.Definition.Stage(stageKey);
        return (stage, stage.Role(roleKey), progress, ballot);
    }

    MailMessage.CorrectionRequest? Correction(string id, Person to, ProposalFacts about, ProposalState.Known state, int reminder) =>
        state is ProposalState.NeedsCorrection stuck
            ? new MailMessage.CorrectionRequest(
                id, to, about, stuck.Problems, stuck.Problems.All(problem => problem.Part is { } part && ResponseReader.IsBlank(state.Dossier.Proposal.Text(part))),
                installation.Form(state.Dossier.Form).Address, stuck.Waiting?.ExpiresAt, reminder, links.Sponsor(state.Dossier, to))
            : null;

    /// <summary>The escalation that the stage has in store, unless it ends before.</summary>
    EscalationPlan? PlanOf(Dossier dossier, Stage stage, StageProgress progress)
    {
        if (progress.EscalateAt is not { } at || progress.ExpiresAt <= at) return null;
        var holders = dossier.Holders(installation.Form(dossier.Form).Roster, stage.Pace.EscalateTo ?? "", installation.Calendar.DayOf(at));
        return new EscalationPlan(at, [.. (holders.IsEmpty ? installation.Administrators : holders).Select(person => person.Display)]);
    }

    ImmutableArray<LateParty> Late(ProposalState state, string stageKey)
    {
        if (state is not ProposalState.InReview { Dossier: var dossier } || dossier.Progress(stageKey) is not { Status: StageStatus.Open } progress) return [];
        var stage = dossier.Definition.Stage(stageKey);
        var roster = installation.Form(dossier.Form).Roster;
        var today = installation.Calendar.DayOf(time.GetUtcNow());
        return
        [
            .. from ballot in progress.Ballots
               where ballot.Vote is null
               select new LateParty(
                   stage.Role(ballot.Role).Title, [.. dossier.Holders(roster, ballot.Role, today).Select(person => person.Display)], ballot.AskedAt),
        ];
    }

    int WaitingDays(DateTimeOffset askedAt) =>
        installation.Calendar.WorkingDaysBetween(installation.Calendar.DayOf(askedAt), installation.Calendar.DayOf(time.GetUtcNow()));

    /// <summary>What the party's questions are about, and every question of the district's own: nothing that it must judge is left for a click.</summary>
    static ImmutableArray<Answer> Relevant(Proposal proposal, StageRole role) =>
        [.. proposal.Answers.Where(answer => !string.IsNullOrWhiteSpace(answer.Text) && (answer.Part is { } part ? role.Concerns.Contains(part) : true))];

    static ImmutableArray<string> PartiesAsked(Dossier dossier) =>
    [
        .. dossier.Definition.Stages
            .Where(stage => stage.Kind is StageKind.Vote && dossier.Progress(stage.Key).Status is not StageStatus.Skipped)
            .Where(stage => stage.Required || dossier.Progress(stage.Key).Status is StageStatus.Open)
            .SelectMany(stage => stage.Roles.Select(role => role.Title)),
    ];

    static Outcome OutcomeOf(Dossier dossier) =>
        dossier.Outcome ?? throw new InvalidOperationException($"Proposal {dossier.Id} tells an outcome that it does not have.");

    /// <summary>What needs attention: the delivery that failed, if that is what the event told of; otherwise what holds the proposal up.</summary>
    (string What, string Reason)? Notice(ProposalState.Known state, int eventNumber)
    {
        if (state.Dossier.Failures.FirstOrDefault(known => known.Event == eventNumber) is { } failure)
            return ($"FormsFlow could not deliver {failure.What}.", failure.Reason);
        if (state is ProposalState.NeedsCorrection stuck)
            return ("A response needs a correction before it can be reviewed, and it names no e-mail address of its sponsor.",
                string.Join("\n", stuck.Problems.Select(problem => $"{problem.Question}: {problem.Message}")));
        if (state.Dossier is { Outcome: null } dossier && dossier.Stages.All(stage => stage.Status is StageStatus.Skipped or StageStatus.Settled))
            return ("Nobody was asked to decide on this proposal, so it cannot go on.",
                "Assign somebody to the roles of the process in the settings, and ask the sponsor to submit the form again.");
        return Unheld(state.Dossier) is { IsEmpty: false } roles
            ? ($"Nobody is assigned to {string.Join(", ", roles)}, so this proposal cannot go on.", "Assign somebody in the settings; they are asked with the next reminder.")
            : null;
    }

    ImmutableArray<string> Unheld(Dossier dossier)
    {
        var roster = installation.Form(dossier.Form).Roster;
        var today = installation.Calendar.DayOf(time.GetUtcNow());
        return
        [
            .. from progress in dossier.Stages
               where progress.Status is StageStatus.Open
               from ballot in progress.Ballots
               where ballot.Vote is null && dossier.Holders(roster, ballot.Role, today).IsEmpty
               select dossier.Definition.Stage(progress.Stage).Role(ballot.Role).Title,
        ];
    }
}
