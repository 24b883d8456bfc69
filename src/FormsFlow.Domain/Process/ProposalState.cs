using System.Collections.Immutable;
using System.Globalization;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>Where a proposal stands: the fold of its events.</summary>
/// <param name="Version">How many events made it; the number of the last one.</param>
public abstract record ProposalState(int Version)
{
    /// <summary>Nothing has happened yet.</summary>
    public sealed record None() : ProposalState(0);

    /// <summary>Something is known of it.</summary>
    public abstract record Known(int Version, Dossier Dossier) : ProposalState(Version);

    /// <summary>The sponsor has to mend the response first.</summary>
    /// <param name="Waiting">Null: it waits for ever.</param>
    public sealed record NeedsCorrection(int Version, Dossier Dossier, ImmutableArray<Problem> Problems, CorrectionWait? Waiting = null) : Known(Version, Dossier);

    public sealed record InReview(int Version, Dossier Dossier) : Known(Version, Dossier);

    public sealed record Closed(int Version, Dossier Dossier, DateTimeOffset ClosedAt) : Known(Version, Dossier);
}

/// <summary>What is kept of a proposal in every state.</summary>
/// <param name="Revision">1, and one more with each edit by the sponsor.</param>
/// <param name="RevisedAt">When this revision came in.</param>
/// <param name="Changes">What the last edit changed; empty for revision 1.</param>
/// <param name="Failures">What could not be delivered, oldest first.</param>
/// <param name="Outcome">Null while the answer is open.</param>
public sealed record Dossier(
    ProposalId Id,
    string Form,
    DateTimeOffset ReceivedAt,
    Proposal Proposal,
    int Revision,
    DateTimeOffset RevisedAt,
    ImmutableArray<Change> Changes,
    ProcessDefinition Definition,
    ImmutableArray<StageProgress> Stages,
    ImmutableArray<Failure> Failures,
    Outcome? Outcome = null)
{
    public StageProgress Progress(string stage) =>
        Stages.FirstOrDefault(progress => progress.Stage == stage)
        ?? throw new KeyNotFoundException($"The proposal {Id} has no stage '{stage}'.");

    /// <summary>Who is asked for a role of this proposal on a day, or told as one that only hears of delays.</summary>
    public ImmutableArray<Person> Holders(Roster roster, string role, DateOnly day) =>
        Definition.RoleOf(role)?.Asked?.People(roster, role, Proposal, day) ?? roster.Holders(role, day);
}

/// <summary>For how long a correction is waited for.</summary>
/// <param name="Reminders">Those still to come, ascending.</param>
/// <param name="ExpiresAt">When the proposal ends uncorrected; null: never.</param>
public sealed record CorrectionWait(ImmutableArray<DateTimeOffset> Reminders, DateTimeOffset? ExpiresAt, int RemindersSent = 0)
{
    public DateTimeOffset? NextDue => Reminders.IsEmpty || ExpiresAt < Reminders[0] ? ExpiresAt : Reminders[0];
}

/// <param name="Event">The number of the event that told of it; whoever is told about it finds it by that.</param>
/// <param name="EffectId">What failed: it is told once, however often it is reported.</param>
public sealed record Failure(string What, string Reason, DateTimeOffset At, int Event = 0, string EffectId = "");

public enum StageStatus
{
    /// <summary>Others come first.</summary>
    Waiting,
    Open,
    Settled,
    Skipped,
}

/// <param name="Ballots">One for each role that is asked, in the definition's order; empty while waiting or skipped.</param>
/// <param name="Reminders">Those still to come, ascending.</param>
/// <param name="RemindersSent">How many have been sent.</param>
/// <param name="EscalateAt">Null once it was done.</param>
/// <param name="OpensAt">When it opens, where its turn has come and some time has to pass first; null otherwise.</param>
public sealed record StageProgress(
    string Stage,
    StageStatus Status,
    DateTimeOffset? OpenedAt,
    ImmutableArray<Ballot> Ballots,
    ImmutableArray<DateTimeOffset> Reminders,
    int RemindersSent,
    DateTimeOffset? EscalateAt,
    DateTimeOffset? ExpiresAt,
    StageResult? Result,
    SkipReason? Skipped,
    DateTimeOffset? OpensAt = null)
{
    public static StageProgress Waiting(string stage) => new(stage, StageStatus.Waiting, null, [], [], 0, null, null, null, null);

    public Ballot? Ballot(string role) => Ballots.FirstOrDefault(ballot => ballot.Role == role);

    /// <summary>The earliest instant at which something falls due.</summary>
    public DateTimeOffset? NextDue => Status switch
    {
        StageStatus.Waiting => OpensAt,
        StageStatus.Open => new[] { Reminders.IsEmpty ? null : Reminders[0], EscalateAt, ExpiresAt }.Min(),
        _ => null,
    };
}

/// <summary>What is asked of a role and what it answered.</summary>
/// <param name="AskedAt">When it was asked last.</param>
/// <param name="Vote">Null while it has not answered, or was asked again.</param>
/// <param name="Earlier">Answers that a later one or an edit replaced, oldest first.</param>
/// <param name="Held">An answer that waits for its person to confirm it; null if there is none.</param>
public sealed record Ballot(string Role, DateTimeOffset AskedAt, Vote? Vote, ImmutableArray<Vote> Earlier, HeldAnswer? Held = null)
{
    /// <summary>Another one after each answer: a page that shows this one is good for one answer.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture, $"{Earlier.Length + (Vote is null ? 0 : 1)}-{Held?.Event ?? 0}");

    public HeldAnswer? HeldAt(DateTimeOffset now) => Held is { } held && now < held.ExpiresAt ? held : null;
}

/// <param name="Vote">What was chosen and written, for the revision that was judged.</param>
/// <param name="Event">The number of the event that held it.</param>
public sealed record HeldAnswer(Vote Vote, Doubt Doubt, int Event, DateTimeOffset ExpiresAt);
