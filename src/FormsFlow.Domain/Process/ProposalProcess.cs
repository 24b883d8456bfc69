using System.Collections.Immutable;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>The rules: what follows from what arrives. Pure; the same state, command and district always give the same decision.</summary>
public static class ProposalProcess
{
    /// <exception cref="UnexpectedCommandException">The command cannot occur in this state.</exception>
    public static Decision Decide(ProposalState state, Command command, District district)
    {
        var ledger = new Ledger(state, district, command.At);
        return (state, command) switch
        {
            (ProposalState.None, Command.SubmitResponse submit) => Submission.Submit(ledger, submit),
            (ProposalState.Known, Command.SubmitResponse) => ledger.Close(), // taken in before; a second look finds it done

            (ProposalState.Known { Dossier.Outcome: not null }, Command.EditResponse edit) => Submission.NoteLateEdit(ledger, edit),
            (ProposalState.NeedsCorrection or ProposalState.InReview, Command.EditResponse edit) => Submission.Edit(ledger, edit),

            (ProposalState.InReview, Command.CastVote vote) => Voting.Cast(ledger, vote),
            (ProposalState.InReview, Command.ConfirmAnswer confirm) => Voting.Confirm(ledger, confirm),
            (ProposalState.NeedsCorrection, Command.CastVote or Command.ConfirmAnswer) => Decision.Refuse(state, Refusal.StageNotOpen),
            (ProposalState.Closed, Command.CastVote or Command.ConfirmAnswer) => Decision.Refuse(state, Refusal.AlreadyClosed),

            (ProposalState.Known { Dossier.Outcome: not null }, Command.Withdraw) => Decision.Refuse(state, Refusal.AlreadyClosed),
            (ProposalState.NeedsCorrection or ProposalState.InReview, Command.Withdraw withdraw) => Ending.Withdraw(ledger, withdraw),

            (ProposalState.InReview, Command.PassTime) => Deadlines.Pass(ledger),
            (ProposalState.NeedsCorrection { Waiting: { } waiting }, Command.PassTime) => Deadlines.Pass(ledger, waiting),
            (ProposalState.Known, Command.PassTime) => ledger.Close(), // nothing waits for the clock

            (ProposalState.Known, Command.ReportFailure failure) => Ending.NoteFailure(ledger, failure),
            (ProposalState.Known, Command.ReportDelivery delivery) => Ending.NoteDelivery(ledger, delivery),

            _ => throw new UnexpectedCommandException(state, command),
        };
    }

    public static ProposalState Evolve(ProposalState state, Event @event) => Evolution.Evolve(state, @event);

    /// <summary>The fold of a whole history.</summary>
    public static ProposalState Replay(IEnumerable<Event> events) => events.Aggregate((ProposalState)new ProposalState.None(), Evolve);

    /// <summary>When time itself will next change something; null if it will not.</summary>
    public static DateTimeOffset? NextDue(ProposalState state) => state switch
    {
        ProposalState.InReview review => review.Dossier.Stages.Min(stage => stage.NextDue),
        ProposalState.NeedsCorrection stuck => stuck.Waiting?.NextDue,
        _ => null,
    };

    /// <summary>What a kind of stage offers to choose from, unless the stage says otherwise.</summary>
    public static ImmutableArray<Choice> ChoicesOf(StageKind kind) => kind switch
    {
        StageKind.Vote => [Choice.Approve, Choice.Deny],
        StageKind.Recommendation => [Choice.Recommend, Choice.AdviseAgainst],
        StageKind.Task => [Choice.Done, Choice.Impossible],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>A "no" of any kind says why.</summary>
    public static bool NeedsComment(Choice choice) => choice is Choice.Deny or Choice.AdviseAgainst or Choice.Impossible or Choice.Retire;

    /// <summary>Whether a change of this answer makes a role's answer worth asking again.</summary>
    public static bool Concerns(StageRole role, Change change) =>
        change.Part is not { } part || part is ProposalPart.ProductTitle || role.Concerns.Contains(part) || role.Asked?.DependsOn(change) == true;
}
