using System.Collections.Immutable;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

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
            ProposalStatus.NeedsCorrection => NeedsCorrection(((ProposalState.NeedsCorrection)state).Problems),
            ProposalStatus.InReview => WaitedFor(dossier) is { Count: > 0 } parties ? $"In review: waiting for {List(parties)}" : "In review",
            ProposalStatus.Approved => WaitedFor(dossier) is { Count: > 0 } parties ? $"Approved; waiting for {List(parties)}" : "Approved",
            ProposalStatus.Denied => Naysayers(dossier) is { Count: > 0 } parties ? $"Denied by {List(parties)}" : "Denied",
            ProposalStatus.Expired when dossier.Outcome is { Kind: OutcomeKind.Lapsed } => "Expired: the response was not corrected",
            ProposalStatus.Expired => WaitedForAtTheEnd(dossier) is { Count: > 0 } parties ? $"Expired: no answer from {List(parties)}" : "Expired",
            ProposalStatus.Withdrawn => "Withdrawn by the sponsor",
            ProposalStatus.Duplicate => $"Duplicate of {dossier.Outcome!.DuplicateOf}",
            _ => throw new InvalidOperationException($"Nobody has said how {state.GetType().Name} is shown."),
        };
        return dossier.Failures is [.., var failure] ? $"{text} \u2022 Attention: {failure.What} could not be delivered" : text;
    }

    /// <summary>"Business", "Business and Technology", "Business, Curriculum and Technology".</summary>
    public static string List(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        _ => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
    };

    /// <summary>A status is read at a glance: which answers, not what is wrong with them; that is on the status page and in the sponsor's mail.</summary>
    static string NeedsCorrection(ImmutableArray<Problem> problems) =>
        $"Needs correction: {List([.. problems.Select(problem => problem.Part is { } part ? Name(part) : problem.Question).Distinct(StringComparer.Ordinal)])}";

    static string Name(ProposalPart part) => part switch
    {
        ProposalPart.ProductTitle => "product title",
        ProposalPart.VendorContact => "vendor contact",
        ProposalPart.Deadline => "deadline",
        ProposalPart.DataNeeds => "data needs",
        ProposalPart.DataElements => "data elements",
        ProposalPart.Alignment => "alignment",
        ProposalPart.Sponsor => "sponsor",
        ProposalPart.SponsorContact or ProposalPart.RespondentAddress => "sponsor\u2019s e-mail address",
        ProposalPart.Funding => "funding",
        ProposalPart.BudgetCode => "budget code",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "Nobody has said what this part is called."),
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
