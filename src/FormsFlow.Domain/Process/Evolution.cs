using System.Collections.Immutable;

namespace FormsFlow.Domain.Process;

/// <summary>How a state follows from an event. Nothing is decided here; whatever was written down is believed.</summary>
static class Evolution
{
    public static ProposalState Evolve(ProposalState state, Event @event) => (state, @event) switch
    {
        (ProposalState.None, Event.ResponseReceived e) => new ProposalState.InReview(1, Open(e)),
        (ProposalState.Known { Dossier.Outcome: not null } known, Event.ResponseEdited) => known with { Version = known.Version + 1 }, // what was decided stays
        (ProposalState.Known known, Event.ResponseEdited e) => new ProposalState.InReview(known.Version + 1, Revise(known.Dossier, e)),
        (ProposalState.InReview known, Event.ProblemsFound e) => new ProposalState.NeedsCorrection(known.Version + 1, known.Dossier, e.Problems, e.Waiting),
        (ProposalState.NeedsCorrection { Waiting: { } waiting } known, Event.SponsorReminded e) => known with
        {
            Version = known.Version + 1,
            Waiting = waiting with { Reminders = [.. waiting.Reminders.Where(due => due > e.At)], RemindersSent = e.Number },
        },
        (ProposalState.Known known, Event.Closed e) => new ProposalState.Closed(known.Version + 1, known.Dossier, e.At),
        (ProposalState.Known known, _) => known with { Version = known.Version + 1, Dossier = Update(known.Dossier, @event, known.Version + 1) },
        _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot follow on {state.GetType().Name} (version {state.Version})."),
    };

    static Dossier Open(Event.ResponseReceived e) => new(
        e.Id, e.Form, e.At, e.Proposal, Revision: 1, RevisedAt: e.At, Changes: [], e.Definition,
        [.. e.Definition.Stages.Select(stage => StageProgress.Waiting(stage.Key))], Failures: []);

    static Dossier Revise(Dossier dossier, Event.ResponseEdited e) =>
        dossier with { Proposal = e.Proposal, Revision = dossier.Revision + 1, RevisedAt = e.At, Changes = e.Changes };

    static Dossier Update(Dossier dossier, Event @event, int number) => @event switch
    {
        Event.StageScheduled e => In(HoldUp(dossier, e.Stage), e.Stage, stage => stage with { Status = StageStatus.Waiting, OpensAt = e.OpensAt, Skipped = null }),
        Event.StageOpened e => In(HoldUp(dossier, e.Stage), e.Stage, stage => stage with
        {
            Status = StageStatus.Open,
            OpenedAt = e.At,
            Ballots = [.. e.Roles.Select(role => new Ballot(role, e.At, null, []))],
            Reminders = e.Reminders,
            EscalateAt = e.EscalateAt,
            ExpiresAt = e.ExpiresAt,
            Skipped = null,
            OpensAt = null,
        }),
        Event.StageSkipped e => In(dossier, e.Stage, stage => stage with { Status = StageStatus.Skipped, Skipped = e.Reason, OpensAt = null }),
        Event.VoteCast e => InBallots(dossier, e.Stage, [e.Role], ballot => ballot with { Vote = e.Vote, Earlier = Replaced(ballot), Held = null }),
        Event.AnswerHeld e => InBallots(dossier, e.Stage, [e.Role], ballot => (e.Doubt is Doubt.BothAnswers ? ballot with { Vote = null, Earlier = Replaced(ballot) } : ballot) with
        {
            Held = new HeldAnswer(e.Vote, e.Doubt, number, e.ExpiresAt),
        }),
        Event.VotesReopened e => In(
            InBallots(HoldUp(dossier, e.Stage), e.Stage, e.Roles, ballot => ballot with { Vote = null, AskedAt = e.At, Earlier = Replaced(ballot), Held = null }),
            e.Stage,
            stage => stage with
            {
                Status = StageStatus.Open,
                Result = null,
                Reminders = e.Reminders,
                EscalateAt = e.EscalateAt,
                ExpiresAt = e.ExpiresAt,
            }),
        Event.Reminded e => In(dossier, e.Stage, stage => stage with
        {
            Reminders = [.. stage.Reminders.Where(due => due > e.At)],
            RemindersSent = e.Number,
        }),
        Event.Escalated e => In(dossier, e.Stage, stage => stage with { EscalateAt = null }),
        Event.StageSettled e => In(dossier, e.Stage, stage => stage with { Status = StageStatus.Settled, Result = e.Result }),
        Event.OutcomeReached e => dossier with { Outcome = e.Outcome },
        Event.DeliveryFailed e => dossier with { Failures = dossier.Failures.Add(new Failure(e.What, e.Reason, e.At, number, e.EffectId)) },
        Event.Delivered => dossier,
        _ => throw new InvalidOperationException($"Nobody has said what {@event.GetType().Name} changes."),
    };

    /// <summary>What was to open some time after this stage waits for it again, and then for its whole time.</summary>
    static Dossier HoldUp(Dossier dossier, string stage) =>
        dossier.Stages.All(progress => progress.OpensAt is null)
            ? dossier
            : dossier with
            {
                Stages = [.. dossier.Stages.Select(progress => dossier.Definition.Stage(progress.Stage).After.Contains(stage) ? progress with { OpensAt = null } : progress)],
            };

    static ImmutableArray<Vote> Replaced(Ballot ballot) => ballot.Vote is null ? ballot.Earlier : ballot.Earlier.Add(ballot.Vote);

    static Dossier In(Dossier dossier, string stage, Func<StageProgress, StageProgress> change)
    {
        var before = dossier.Progress(stage);
        return dossier with { Stages = dossier.Stages.Replace(before, change(before)) };
    }

    static Dossier InBallots(Dossier dossier, string stage, ImmutableArray<string> roles, Func<Ballot, Ballot> change) =>
        In(dossier, stage, progress => progress with
        {
            Ballots = [.. progress.Ballots.Select(ballot => roles.Contains(ballot.Role) ? change(ballot) : ballot)],
        });
}
