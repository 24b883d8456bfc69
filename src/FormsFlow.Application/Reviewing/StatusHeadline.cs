using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Reviewing;

/// <summary>The sentence beside the status word: what the word leaves open, and never the word again.</summary>
public static class StatusHeadline
{
    public static string Of(ProposalState.Known state) => (state, state.Dossier.Outcome?.Kind) switch
    {
        (_, OutcomeKind.Denied) => Parties(state, ballot => ballot.Vote?.Choice is Choice.Deny) is { Count: > 0 } parties ? $"{StatusText.List(parties)} did not agree." : "Not enough parties agreed.",
        (_, OutcomeKind.Expired) => Parties(state, ballot => ballot.Vote is null) is { Count: > 0 } parties ? $"{StatusText.List(parties)} did not answer in time." : "Not everyone answered in time.",
        (_, OutcomeKind.Lapsed) => "The response was not corrected in time.",
        (_, OutcomeKind.Withdrawn) => "The sponsor decided not to go on with it.",
        (_, OutcomeKind.Duplicate) => HistoryText.Sentence(state.Dossier.Outcome!),
        (_, OutcomeKind.Approved) => Waiting(state) is { Count: > 0 } parties ? $"What is left to do: waiting for {StatusText.List(parties)}." : "Everyone who had to agree did.",
        (ProposalState.NeedsCorrection, _) => state.Dossier.Stages.All(stage => stage.Status is StageStatus.Waiting)
            ? "The review starts when the response has been corrected."
            : "The review goes on when the response has been corrected.",
        _ => Waiting(state) is { Count: > 0 } parties ? $"Waiting for {StatusText.List(parties)}." : "Nobody has been asked yet.",
    };

    static List<string> Waiting(ProposalState.Known state) =>
        state is ProposalState.InReview ? Parties(state, (_, progress) => progress.Status is StageStatus.Open, ballot => ballot.Vote is null) : [];

    /// <summary>Of the votes that did not end well.</summary>
    static List<string> Parties(ProposalState.Known state, Func<Ballot, bool> which) =>
        Parties(state, (stage, progress) => stage.Kind is StageKind.Vote && progress.Result is StageResult.Denied or StageResult.Expired, which);

    static List<string> Parties(ProposalState.Known state, Func<Stage, StageProgress, bool> inStage, Func<Ballot, bool> which) =>
    [
        .. from stage in state.Dossier.Definition.Stages
           let progress = state.Dossier.Progress(stage.Key)
           where inStage(stage, progress)
           from ballot in progress.Ballots
           where which(ballot)
           select stage.Role(ballot.Role).Title,
    ];
}
