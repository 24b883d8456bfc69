using CsCheck;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;

namespace FormsFlow.Tests.Domain;

/// <summary>
/// What holds whatever people do. A failure prints the seed with which it comes again (<c>CsCheck_Seed</c>); the environment
/// variable <c>CsCheck_Iter</c> runs more than the usual 100 sequences.
/// </summary>
public sealed class ProcessProperties
{
    static void Always(Action<CommandSequence> holds) => CommandSequence.Any.Sample(holds, print: sequence => sequence.ToString());

    static void AtEveryMove(Action<Move> holds) => Always(sequence =>
    {
        foreach (var move in sequence.Moves) holds(move);
    });

    [Fact]
    public void The_state_is_the_fold_of_the_events() => Always(sequence =>
    {
        var folded = ProposalProcess.Replay(sequence.Scenario.History);
        Assert.Equal(Json(sequence.Scenario.State), Json(folded));
        Assert.Equal(sequence.Scenario.History.Count, folded.Version);
    });

    [Fact]
    public void A_decision_is_the_state_before_it_and_its_events() => AtEveryMove(move =>
    {
        if (move.Decision.Events.IsEmpty) Assert.Same(move.Before, move.After);
        else Assert.Equal(Json(move.After), Json(move.Decision.Events.Aggregate(move.Before, ProposalProcess.Evolve)));
        Assert.Equal(move.Before.Version + move.Decision.Events.Length, move.After.Version);
    });

    [Fact]
    public void Nothing_is_done_without_an_event_that_caused_it() => AtEveryMove(move =>
        Assert.All(move.Decision.Effects, effect => Assert.InRange(effect.Event, move.Before.Version + 1, move.After.Version)));

    [Fact]
    public void A_refusal_changes_nothing() => AtEveryMove(move =>
    {
        if (move.Decision.Refusal is null) return;
        Assert.Empty(move.Decision.Events);
        Assert.Same(move.Before, move.After);
    });

    [Fact]
    public void No_two_effects_of_a_history_share_an_id() => Always(sequence => Assert.Distinct(sequence.Scenario.Effects.Select(effect => effect.Id)));

    [Fact]
    public void The_same_decision_is_made_again() => Always(sequence =>
    {
        foreach (var move in sequence.Moves)
            Assert.Equal(
                move.Decision.Effects.Select(ProposalCodec.WriteEffect),
                ProposalProcess.Decide(move.Before, move.Command, sequence.Scenario.District).Effects.Select(ProposalCodec.WriteEffect));
    });

    [Fact]
    public void After_the_end_only_late_edits_and_failures_are_noted() => AtEveryMove(move =>
    {
        if (move.Before is not ProposalState.Closed before) return;
        var after = Assert.IsType<ProposalState.Closed>(move.After);
        Assert.All(move.Decision.Events, e => Assert.True(e is Event.ResponseEdited or Event.DeliveryFailed, e.GetType().Name));
        Assert.All(move.Decision.Effects, effect => Assert.IsType<Effect.TellAdministrator>(effect));
        Assert.Equal(Json(before), Json(after with { Version = before.Version, Dossier = after.Dossier with { Failures = before.Dossier.Failures } }));
    });

    [Fact]
    public void An_outcome_is_reached_at_most_once_and_never_forgotten() => Always(sequence =>
    {
        Assert.True(sequence.Scenario.History.Count(e => e is Event.OutcomeReached) <= 1);
        foreach (var move in sequence.Moves)
            if (move.Before is ProposalState.Known { Dossier.Outcome: { } outcome })
                Assert.Same(outcome, ((ProposalState.Known)move.After).Dossier.Outcome);
        if (sequence.Scenario.State is ProposalState.Closed closed) Assert.NotNull(closed.Dossier.Outcome);
    });

    [Fact]
    public void What_is_approved_was_approved_by_every_vote_on_answers_that_still_stood() => Always(sequence =>
    {
        if (sequence.Scenario.State is ProposalState.None || sequence.Scenario.Dossier.Outcome?.Kind is not OutcomeKind.Approved) return;
        var dossier = sequence.Scenario.Dossier;
        var edits = sequence.Scenario.History.TakeWhile(e => e is not Event.OutcomeReached).OfType<Event.ResponseEdited>().ToList();
        var votes = dossier.Definition.Stages.Where(stage => stage.Kind is StageKind.Vote && dossier.Progress(stage.Key).Status is not StageStatus.Skipped).ToList();
        Assert.NotEmpty(votes);
        foreach (var stage in votes)
        {
            var progress = dossier.Progress(stage.Key);
            Assert.Equal(StageResult.Approved, progress.Result);
            var approvals = progress.Ballots.Where(ballot => ballot.Vote?.Choice is Choice.Approve).ToList();
            Assert.True(approvals.Count >= stage.Rule.Needed(progress.Ballots.Length));
            foreach (var approval in approvals)
                Assert.DoesNotContain(
                    edits.Skip(approval.Vote!.Revision - 1).SelectMany(edit => edit.Changes),
                    change => ProposalProcess.Concerns(stage.Role(approval.Role), change));
        }
    });

    [Fact]
    public void What_is_denied_was_denied_by_somebody_with_a_reason() => Always(sequence =>
    {
        if (sequence.Scenario.Dossier.Outcome?.Kind is not OutcomeKind.Denied) return;
        Assert.Contains(
            sequence.Scenario.Dossier.Stages.SelectMany(stage => stage.Ballots),
            ballot => ballot.Vote is { Choice: Choice.Deny, Comment.Length: > 0 });
    });

    [Fact]
    public void Nothing_expires_that_was_denied_already() => Always(sequence =>
    {
        if (sequence.Scenario.State is ProposalState.None || sequence.Scenario.Dossier.Outcome?.Kind is not OutcomeKind.Expired) return;
        var dossier = sequence.Scenario.Dossier;
        Assert.DoesNotContain(dossier.Definition.Stages, stage => stage.Kind is StageKind.Vote && dossier.Progress(stage.Key) is { Status: StageStatus.Settled } progress
            && progress.Ballots.Count(ballot => ballot.Vote?.Choice is Choice.Deny) > progress.Ballots.Length - stage.Rule.Needed(progress.Ballots.Length));
    });

    [Fact]
    public void The_clock_matters_only_while_somebody_is_waited_for() => AtEveryMove(move =>
    {
        if (move.After is ProposalState.None or ProposalState.Closed) Assert.Null(ProposalProcess.NextDue(move.After));
    });

    [Fact]
    public void Passing_the_time_that_is_due_always_gets_on() => Always(sequence =>
    {
        foreach (var state in sequence.Moves.Select(move => move.After))
        {
            if (ProposalProcess.NextDue(state) is not { } due) continue;
            var decision = ProposalProcess.Decide(state, new Command.PassTime(due), sequence.Scenario.District);
            Assert.NotEmpty(decision.Events);
            Assert.True(ProposalProcess.NextDue(decision.State) is not { } next || next > due);
        }
    });

    [Fact]
    public void Left_alone_every_proposal_comes_to_an_end_or_waits_for_a_person() => Always(sequence =>
    {
        var state = sequence.Scenario.State;
        for (var steps = 0; ProposalProcess.NextDue(state) is { } due; steps++)
        {
            Assert.True(steps < 100, "The clock goes on for ever.");
            state = ProposalProcess.Decide(state, new Command.PassTime(due), sequence.Scenario.District).State;
        }
    });

    [Fact]
    public void A_proposal_in_review_waits_for_somebody_or_for_a_time_or_the_administrators_know() => Always(sequence =>
    {
        if (sequence.Scenario.State is not ProposalState.InReview { Dossier: var dossier }) return;
        if (dossier.Stages.Any(stage => stage.Status is StageStatus.Open || stage.OpensAt is not null)) return;
        Assert.Contains(sequence.Scenario.Effects, effect => effect is Effect.TellAdministrator);
    });

    [Fact]
    public void Everything_that_is_written_down_is_read_as_it_was() => AtEveryMove(move =>
    {
        if (!move.Decision.Events.IsEmpty) Assert.Equal(Json(move.After), Json(ProposalCodec.ReadState(Json(move.After))));
        var command = ProposalCodec.WriteCommand(move.Command);
        Assert.Equal(command, ProposalCodec.WriteCommand(ProposalCodec.ReadCommand(command)));
        foreach (var (_, body) in move.Decision.Events.Select(ProposalCodec.WriteEvent))
            Assert.Equal(body, ProposalCodec.WriteEvent(ProposalCodec.ReadEvent(body)).Body);
        foreach (var effect in move.Decision.Effects)
            Assert.Equal(effect, ProposalCodec.ReadEffect(ProposalCodec.WriteEffect(effect)));
    });

    static string Json(ProposalState state) => ProposalCodec.WriteState((ProposalState.Known)state);
}
