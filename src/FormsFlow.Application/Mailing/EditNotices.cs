using System.Collections.Immutable;
using FormsFlow.Application.Links;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Mailing;

/// <summary>What an edit means for those who are asked, as its sponsor is told.</summary>
static class EditNotices
{
    /// <returns>Null if the mail has become pointless: another one tells of what came later.</returns>
    public static MailMessage.EditAcknowledgement? Of(string id, Effect.AcknowledgeEdit effect, ProposalFacts about, ProposalState.Known state, LinkMaker links)
    {
        var dossier = state.Dossier;
        if (state is not ProposalState.InReview || dossier.Outcome is not null || dossier.Revision != effect.Revision) return null;

        return new MailMessage.EditAcknowledgement(
            id, effect.To, about, dossier.Changes,
            Parties(dossier, (_, ballot) => IsAskedAgain(dossier, ballot)),
            Parties(dossier, (progress, ballot) => progress.Status is StageStatus.Open && ballot.Vote is null && !IsAskedAgain(dossier, ballot)),
            Parties(dossier, (progress, ballot) => progress.Status is not StageStatus.Skipped && ballot.Vote is { } vote && vote.Revision < dossier.Revision),
            links.Sponsor(dossier, effect.To));
    }

    /// <summary>Whether or not it has answered anew meanwhile.</summary>
    static bool IsAskedAgain(Dossier dossier, Ballot ballot) =>
        ballot.AskedAt >= dossier.RevisedAt && ballot.Earlier.Any(vote => vote.Revision < dossier.Revision);

    static ImmutableArray<string> Parties(Dossier dossier, Func<StageProgress, Ballot, bool> which) =>
    [
        .. (from stage in dossier.Definition.Stages
            let progress = dossier.Progress(stage.Key)
            from ballot in progress.Ballots
            where which(progress, ballot)
            select stage.Role(ballot.Role).Title).Distinct(StringComparer.Ordinal),
    ];
}
