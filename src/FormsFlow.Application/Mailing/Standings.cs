using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Mailing;

/// <summary>Where a party stands with its answer.</summary>
public enum PartyStanding
{
    /// <summary>Its turn has not come.</summary>
    NotAsked,

    Waiting,

    /// <summary>An answer came in that its person has to confirm.</summary>
    Unconfirmed,

    Answered,

    /// <summary>Time ran out.</summary>
    Silent,

    /// <summary>The stage or the review was settled without it.</summary>
    NoLongerNeeded,

    /// <summary>It had answered before an edit that concerned it, and the stage or the review was settled before it answered again.</summary>
    AnsweredEarlier,

    /// <summary>It had answered before an edit that concerned it, and time ran out before it answered again.</summary>
    SilentSinceEdit,
}

/// <summary>Where a stage stands.</summary>
public enum StageStanding
{
    ComesLater,
    UnderWay,

    /// <summary>The response has to be corrected first.</summary>
    OnHold,

    Approved,
    Denied,
    Completed,
    TimeRanOut,

    /// <summary>Its condition does not hold for this proposal.</summary>
    NotNeeded,

    /// <summary>The review ended before it was finished.</summary>
    Stopped,

    /// <summary>The review ended before its turn came.</summary>
    NotReached,
}

/// <summary>What mails and pages alike understand by where a stage or a party stands. What has ended is never shown as if it went on.</summary>
public static class Standings
{
    public static StageStanding Of(ProposalState.Known state, Stage stage)
    {
        var progress = state.Dossier.Progress(stage.Key);
        return (progress.Status, progress.Result) switch
        {
            (StageStatus.Skipped, _) => StageStanding.NotNeeded,
            (StageStatus.Settled, StageResult.Approved) => StageStanding.Approved,
            (StageStatus.Settled, StageResult.Denied) => StageStanding.Denied,
            (StageStatus.Settled, StageResult.Expired) => StageStanding.TimeRanOut,
            (StageStatus.Settled, _) => StageStanding.Completed,
            (StageStatus.Open, _) => state switch
            {
                ProposalState.Closed => StageStanding.Stopped,
                ProposalState.NeedsCorrection => StageStanding.OnHold,
                _ => StageStanding.UnderWay,
            },
            // It is known before its turn that its turn will not come.
            (StageStatus.Waiting, _) when !stage.When.Holds(state.Dossier.Proposal) => StageStanding.NotNeeded,
            (StageStatus.Waiting, _) => state is ProposalState.Closed ? StageStanding.NotReached : StageStanding.ComesLater,
            _ => throw new InvalidOperationException($"Nobody has said how a stage stands that is {progress.Status}."),
        };
    }

    /// <summary>Blames only where time ran out.</summary>
    public static PartyStanding Of(ProposalState.Known state, Stage stage, Ballot ballot, DateTimeOffset now) => (ballot.Vote, Of(state, stage)) switch
    {
        (not null, _) => PartyStanding.Answered,
        (_, StageStanding.UnderWay or StageStanding.OnHold) => ballot.HeldAt(now) is null ? PartyStanding.Waiting : PartyStanding.Unconfirmed,
        (_, StageStanding.TimeRanOut) => BeforeEdit(state.Dossier, ballot) is null ? PartyStanding.Silent : PartyStanding.SilentSinceEdit,
        (_, StageStanding.ComesLater) => PartyStanding.NotAsked,
        _ => BeforeEdit(state.Dossier, ballot) is null ? PartyStanding.NoLongerNeeded : PartyStanding.AnsweredEarlier,
    };

    /// <summary>What a party said last of answers that an edit has replaced since; null if it said nothing, or answered again.</summary>
    public static Vote? BeforeEdit(Dossier dossier, Ballot ballot) =>
        ballot is { Vote: null, Earlier: [.., var last] } && last.Revision < dossier.Revision ? last : null;

    /// <summary>What is shown of a party that stands so: its answer, or the one that an edit took back and nobody waits for any more.</summary>
    public static Vote? Said(PartyStanding standing, Dossier dossier, Ballot ballot) =>
        standing is PartyStanding.AnsweredEarlier or PartyStanding.SilentSinceEdit ? BeforeEdit(dossier, ballot) : ballot.Vote;
}
