using System.Collections.Immutable;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>What has happened to a proposal. Written once, read for ever: a name or a meaning here never changes, a new one is added.</summary>
public abstract record Event(DateTimeOffset At)
{
    public sealed record ResponseReceived(ProposalId Id, string Form, Proposal Proposal, ProcessDefinition Definition, DateTimeOffset At) : Event(At);

    /// <summary>The response as it stands cannot be reviewed.</summary>
    /// <param name="Waiting">For how long the correction is waited for; null: for ever.</param>
    public sealed record ProblemsFound(ImmutableArray<Problem> Problems, DateTimeOffset At, CorrectionWait? Waiting = null) : Event(At);

    /// <param name="Number">1 for the first reminder since the problems were found.</param>
    public sealed record SponsorReminded(int Number, DateTimeOffset At) : Event(At);

    /// <param name="Changes">Empty only where the settings changed and the same answers can be read now.</param>
    public sealed record ResponseEdited(Proposal Proposal, ImmutableArray<Change> Changes, DateTimeOffset At) : Event(At);

    /// <param name="Roles">The roles that are asked.</param>
    /// <param name="Reminders">When reminders fall due, ascending.</param>
    public sealed record StageOpened(
        string Stage, ImmutableArray<string> Roles, ImmutableArray<DateTimeOffset> Reminders, DateTimeOffset? EscalateAt, DateTimeOffset? ExpiresAt,
        DateTimeOffset At) : Event(At);

    /// <summary>The stage's turn has come, and some time passes before it opens.</summary>
    public sealed record StageScheduled(string Stage, DateTimeOffset OpensAt, DateTimeOffset At) : Event(At);

    public sealed record StageSkipped(string Stage, SkipReason Reason, DateTimeOffset At) : Event(At);

    public sealed record VoteCast(string Stage, string Role, Vote Vote, DateTimeOffset At) : Event(At);

    /// <summary>An answer looks like a machine's. It does not count before its person confirms it; of opposite answers, the earlier one is taken back, too.</summary>
    /// <param name="ExpiresAt">Past this, it can only be given anew.</param>
    public sealed record AnswerHeld(string Stage, string Role, Vote Vote, Doubt Doubt, DateTimeOffset ExpiresAt, DateTimeOffset At) : Event(At);

    /// <summary>An edit concerned parties that had answered, or a correction lets a stage go on: they are asked again, and the stage's time begins anew.</summary>
    /// <param name="Roles">Those that are asked again.</param>
    public sealed record VotesReopened(
        string Stage, ImmutableArray<string> Roles, ImmutableArray<DateTimeOffset> Reminders, DateTimeOffset? EscalateAt, DateTimeOffset? ExpiresAt,
        DateTimeOffset At) : Event(At);

    /// <param name="Number">1 for the first reminder of the stage.</param>
    public sealed record Reminded(string Stage, ImmutableArray<string> Roles, int Number, DateTimeOffset At) : Event(At);

    /// <param name="To">The role that was told.</param>
    public sealed record Escalated(string Stage, ImmutableArray<string> Roles, string To, DateTimeOffset At) : Event(At);

    public sealed record StageSettled(string Stage, StageResult Result, DateTimeOffset At) : Event(At);

    /// <summary>The answer to the proposal is known. What follows from it may still have to be done.</summary>
    public sealed record OutcomeReached(Outcome Outcome, DateTimeOffset At) : Event(At);

    /// <summary>Nothing is left to do.</summary>
    public sealed record Closed(DateTimeOffset At) : Event(At);

    public sealed record DeliveryFailed(string EffectId, string What, string Reason, DateTimeOffset At) : Event(At);

    /// <summary>A mail has arrived, as the mail service says. It changes nothing; it is evidence.</summary>
    public sealed record Delivered(string EffectId, string What, DateTimeOffset At) : Event(At);
}

/// <summary>One answer that is not what it was.</summary>
public sealed record Change(string Question, ProposalPart? Part, string Before, string After);

/// <param name="Revision">The revision of the proposal that was judged.</param>
public sealed record Vote(Person By, Choice Choice, string Comment, int Revision, DateTimeOffset At);

public enum SkipReason
{
    /// <summary>Nobody holds any of its roles.</summary>
    NobodyAssigned,

    /// <summary>Its condition does not hold for this proposal.</summary>
    NotNeeded,
}

public enum StageResult
{
    Approved,
    Denied,
    Expired,

    /// <summary>A recommendation or a task: all have answered, whatever they said.</summary>
    Completed,
}

public enum OutcomeKind
{
    Approved,
    Denied,
    Expired,
    Withdrawn,
    Duplicate,

    /// <summary>The sponsor did not correct the response in time.</summary>
    Lapsed,
}

/// <param name="Reason">The sponsor's words for a withdrawal; empty otherwise.</param>
/// <param name="DuplicateOf">Set for a duplicate.</param>
public sealed record Outcome(OutcomeKind Kind, string Reason = "", ProposalId? DuplicateOf = null);
