using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>What arrives: each says when, because the domain has no clock.</summary>
public abstract record Command(DateTimeOffset At)
{
    /// <summary>A response was found in the sheet.</summary>
    /// <param name="Form">The key of the form in the settings.</param>
    /// <param name="DuplicateOf">An earlier proposal with the same answers that is still in review or was approved.</param>
    public sealed record SubmitResponse(
        ProposalId Id, string Form, ResponseReading Reading, ProcessDefinition Definition, ProposalId? DuplicateOf, DateTimeOffset At) : Command(At);

    /// <summary>The sponsor edited the response in the form.</summary>
    public sealed record EditResponse(ResponseReading Reading, DateTimeOffset At) : Command(At);

    /// <summary>A party answers.</summary>
    /// <param name="Revision">The revision of the proposal that the person had before their eyes.</param>
    /// <param name="Seen">The <see cref="Ballot.Mark"/> that the page was shown for: it can be sent once. Null where no page was shown.</param>
    /// <param name="Doubt">Why it looks like a machine's answer; null if it does not.</param>
    public sealed record CastVote(
        string Stage, string Role, Person By, Choice Choice, string Comment, int Revision, DateTimeOffset At, string? Seen = null, Doubt? Doubt = null) : Command(At);

    /// <summary>A person confirms the answer that was held.</summary>
    /// <param name="Held">The number of the event that held it: what the person had before their eyes.</param>
    public sealed record ConfirmAnswer(string Stage, string Role, Person By, int Held, DateTimeOffset At) : Command(At);

    /// <summary>The sponsor does not want it any more.</summary>
    public sealed record Withdraw(string Reason, DateTimeOffset At) : Command(At);

    /// <summary>Time has passed: whatever is due by now happens.</summary>
    public sealed record PassTime(DateTimeOffset At) : Command(At);

    /// <summary>An effect failed for good.</summary>
    /// <param name="What">In plain words, without an address: "the review request to Business".</param>
    public sealed record ReportFailure(string EffectId, string What, string Reason, DateTimeOffset At) : Command(At);

    /// <summary>The mail service says that a mail has arrived.</summary>
    /// <param name="What">As in <see cref="ReportFailure"/>.</param>
    public sealed record ReportDelivery(string EffectId, string What, DateTimeOffset At) : Command(At);
}

/// <summary>What a party answers: two where it votes, two where it recommends, two where it does something, and two where a product has been in use.</summary>
public enum Choice
{
    Approve,
    Deny,
    Recommend,
    AdviseAgainst,
    Done,
    Impossible,
    Renew,
    Retire,
}

/// <summary>Why an answer looks like that of a machine that checks links.</summary>
public enum Doubt
{
    /// <summary>It came sooner after its page was opened than a person reads.</summary>
    TooFast,

    /// <summary>It came without the page ever having been opened.</summary>
    PageNotOpened,

    /// <summary>Opposite answers came within moments of each other.</summary>
    BothAnswers,
}
