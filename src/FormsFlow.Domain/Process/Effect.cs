namespace FormsFlow.Domain.Process;

/// <summary>
/// Something to do in the world. It carries references, never content, and an id that is the same whenever the same
/// decision is made again, so that a repeat is recognised.
/// </summary>
/// <param name="Id">Unique within the proposal: the number of the event that caused it, what it is, and to whom.</param>
/// <param name="Event">The number of the event that caused it, from 1.</param>
public abstract record Effect(string Id, int Event)
{
    /// <summary>Ask a reviewer for an answer.</summary>
    /// <param name="Again">The proposal was edited after an earlier answer.</param>
    public sealed record RequestReview(string Id, int Event, string Stage, string Role, Person To, bool Again) : Effect(Id, Event);

    public sealed record RemindReviewer(string Id, int Event, string Stage, string Role, Person To, int Number) : Effect(Id, Event);

    /// <summary>Ask somebody whether an answer that was held is theirs.</summary>
    public sealed record RequestConfirmation(string Id, int Event, string Stage, string Role, Person To) : Effect(Id, Event);

    /// <summary>Tell somebody which parties are late.</summary>
    public sealed record Escalate(string Id, int Event, string Stage, Person To) : Effect(Id, Event);

    /// <summary>Tell the sponsor that the proposal came in, with the link to its status.</summary>
    public sealed record AcknowledgeResponse(string Id, int Event, Person To) : Effect(Id, Event);

    /// <summary>Tell the sponsor that an edit was noticed, and who answers again because of it.</summary>
    /// <param name="Revision">The revision that the edit made: a later one is told by a mail of its own.</param>
    public sealed record AcknowledgeEdit(string Id, int Event, Person To, int Revision) : Effect(Id, Event);

    /// <summary>Tell the sponsor what could not be read.</summary>
    public sealed record RequestCorrection(string Id, int Event, Person To) : Effect(Id, Event);

    /// <summary>Tell the sponsor again that the response waits to be corrected.</summary>
    public sealed record RemindSponsor(string Id, int Event, Person To, int Number) : Effect(Id, Event);

    /// <summary>Tell the sponsor how it ended.</summary>
    public sealed record TellSponsorOutcome(string Id, int Event, Person To) : Effect(Id, Event);

    /// <summary>Tell somebody who was asked how it ended.</summary>
    public sealed record TellReviewerOutcome(string Id, int Event, string Stage, string Role, Person To) : Effect(Id, Event);

    /// <summary>Tell an administrator of something that needs a hand.</summary>
    public sealed record TellAdministrator(string Id, int Event, Person To) : Effect(Id, Event);
}
