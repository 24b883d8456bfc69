using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Running;

/// <summary>The one word for where a proposal stands.</summary>
public static class ProposalStatuses
{
    public static ProposalStatus Of(ProposalState.Known state) => state switch
    {
        { Dossier.Outcome: { } outcome } => Of(outcome.Kind),
        ProposalState.NeedsCorrection => ProposalStatus.NeedsCorrection,
        _ => ProposalStatus.InReview,
    };

    public static ProposalStatus Of(OutcomeKind outcome) => outcome switch
    {
        OutcomeKind.Approved => ProposalStatus.Approved,
        OutcomeKind.Denied => ProposalStatus.Denied,
        OutcomeKind.Expired or OutcomeKind.Lapsed => ProposalStatus.Expired,
        OutcomeKind.Withdrawn => ProposalStatus.Withdrawn,
        OutcomeKind.Duplicate => ProposalStatus.Duplicate,
        _ => throw new InvalidOperationException($"Nobody has said how {outcome} is shown."),
    };
}
