using System.Collections.Immutable;

namespace FormsFlow.Domain.Process;

/// <summary>What follows from a command: what has happened and what is to be done, or why not.</summary>
public sealed record Decision(ImmutableArray<Event> Events, ImmutableArray<Effect> Effects, ProposalState State, Refusal? Refusal)
{
    public static Decision Refuse(ProposalState state, Refusal refusal) => new([], [], state, refusal);
}

/// <summary>Expected reasons why an answer is not taken; a page says what to do next.</summary>
public enum Refusal
{
    /// <summary>The review ended before.</summary>
    AlreadyClosed,

    /// <summary>The stage is settled or was never opened.</summary>
    StageNotOpen,

    /// <summary>The role is not asked in this stage.</summary>
    NotAsked,

    /// <summary>The answers that concern this role changed after the page was opened.</summary>
    EditedSinceOpened,

    /// <summary>A denial says why.</summary>
    CommentRequired,

    /// <summary>The choice is not one that this stage offers.</summary>
    ChoiceNotOffered,

    /// <summary>Another holder of the role answered first.</summary>
    AnsweredBySomeoneElse,

    /// <summary>The same page was sent before, or another one of the same person: what was recorded stands.</summary>
    AnsweredSinceOpened,

    /// <summary>The answer that was held has expired, was replaced, or was confirmed before.</summary>
    NothingHeld,
}

/// <summary>A command met a state in which it cannot occur: a mistake in the code, not of a person.</summary>
public sealed class UnexpectedCommandException(ProposalState state, Command command)
    : InvalidOperationException($"{command.GetType().Name} cannot occur in {state.GetType().Name} (version {state.Version}).");

/// <summary>What a decision needs to know of the district at that moment.</summary>
/// <param name="Administrators">Who is told of what needs attention.</param>
public sealed record District(Roster Roster, Calendar.WorkingCalendar Calendar, ImmutableArray<Person> Administrators);
