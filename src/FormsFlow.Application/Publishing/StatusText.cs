using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Publishing;

/// <summary>Where a proposal stands, in a few words.</summary>
public static class StatusText
{
    /// <summary>For the sheet: "In review: waiting for Business and Technology".</summary>
    public static string ForSheet(ProposalState.Known state)
    {
        var dossier = state.Dossier;
        var text = ProposalStatuses.Of(state) switch
        {
            ProposalStatus.NeedsCorrection => $"Needs correction: {string.Join(' ', ((ProposalState.NeedsCorrection)state).Problems.Select(problem => problem.Message))}",
            ProposalStatus.InReview => WaitedFor(dossier) is { Count: > 0 } parties ? $"In review: waiting for {List(parties)}" : "In review",
            ProposalStatus.Approved => WaitedFor(dossier) is { Count: > 0 } parties ? $"Approved; waiting for {List(parties)}" : "Approved",
            ProposalStatus.Denied => Naysayers(dossier) is { Count: > 0 } parties ? $"Denied by {List(parties)}" : "Denied",
            ProposalStatus.Expired => WaitedForAtTheEnd(dossier) is { Count: > 0 } parties ? $"Expired: no answer from {List(parties)}" : "Expired",
            ProposalStatus.Withdrawn => "Withdrawn by the sponsor",
            ProposalStatus.Duplicate => $"Duplicate of {dossier.Outcome!.DuplicateOf}",
            _ => throw new InvalidOperationException($"Nobody has said how {state.GetType().Name} is shown."),
        };
        return dossier.Failures is [.., var failure] ? $"{text} \u2022 Attention: {failure.What} could not be delivered" : text;
    }

    /// <summary>For the status page, as one sentence.</summary>
    public static string ForPage(ProposalState.Known state)
    {
        var dossier = state.Dossier;
        return ProposalStatuses.Of(state) switch
        {
            ProposalStatus.NeedsCorrection => "The response has to be mended before it can be reviewed.",
            ProposalStatus.InReview => WaitedFor(dossier) is { Count: > 0 } parties ? $"Waiting for {List(parties)}." : "In review.",
            ProposalStatus.Approved => WaitedFor(dossier) is { Count: > 0 } parties ? $"Approved. Waiting for {List(parties)}." : "Approved.",
            ProposalStatus.Denied => Naysayers(dossier) is { Count: > 0 } parties ? $"Denied by {List(parties)}." : "Denied.",
            ProposalStatus.Expired => WaitedForAtTheEnd(dossier) is { Count: > 0 } parties
                ? $"Expired: {List(parties)} did not answer in time."
                : "Expired.",
            ProposalStatus.Withdrawn => "Withdrawn by the sponsor.",
            ProposalStatus.Duplicate => $"The same proposal was submitted before, as {dossier.Outcome!.DuplicateOf}.",
            _ => throw new InvalidOperationException($"Nobody has said how {state.GetType().Name} is shown."),
        };
    }

    /// <summary>"Business", "Business and Technology", "Business, Curriculum and Technology".</summary>
    public static string List(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        _ => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
    };

    static List<string> WaitedFor(Dossier dossier) => Parties(dossier, StageStatus.Open, ballot => ballot.Vote is null);

    static List<string> WaitedForAtTheEnd(Dossier dossier) => Parties(dossier, StageStatus.Settled, ballot => ballot.Vote is null);

    static List<string> Naysayers(Dossier dossier) => Parties(dossier, StageStatus.Settled, ballot => ballot.Vote?.Choice is Choice.Deny);

    static List<string> Parties(Dossier dossier, StageStatus status, Func<Ballot, bool> which) =>
    [
        .. from stage in dossier.Definition.Stages
           let progress = dossier.Progress(stage.Key)
           where progress.Status == status
           from ballot in progress.Ballots
           where which(ballot)
           select stage.Role(ballot.Role).Title,
    ];
}
