using System.Collections.Immutable;
using System.Globalization;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Mailing;

/// <summary>What mails and pages alike say of a proposal.</summary>
public static class Facts
{
    public const string NoTitle = "(no title)";

    /// <summary>For a mail about no proposal.</summary>
    public static ProposalFacts OfNone(Installation installation, DateTimeOffset at) => new(
        null, installation.District, installation.Forms[0].Process.Name, installation.Calendar.Zone, "", "", at, "");

    public static ProposalFacts Of(Dossier dossier, Installation installation) => new(
        dossier.Id,
        installation.District,
        dossier.Definition.Name,
        installation.Calendar.Zone,
        dossier.Proposal.ProductTitle is "" ? NoTitle : dossier.Proposal.ProductTitle,
        dossier.Proposal.SponsorName,
        dossier.ReceivedAt,
        dossier.Proposal.Deadline is { } date
            ? date.ToString("MMMM d, yyyy", CultureInfo.GetCultureInfo("en-US"))
            : dossier.Proposal.Text(ProposalPart.Deadline).Trim());

    /// <summary>Who said what in the stages that vote, and who was asked and did not.</summary>
    public static ImmutableArray<Verdict> Verdicts(ProposalState.Known state, DateTimeOffset now) => [.. Voices(state, StageKind.Vote, now)];

    /// <summary>What was said in stages that do not vote.</summary>
    /// <param name="but">A stage of which nothing is to be told; null if there is none.</param>
    public static ImmutableArray<Verdict> Recommendations(ProposalState.Known state, DateTimeOffset now, Stage? but = null) =>
    [
        .. Voices(state, StageKind.Recommendation, now, but).Concat(Voices(state, StageKind.Task, now, but)).Where(verdict => verdict.Standing is PartyStanding.Answered),
    ];

    public static Verdict VerdictOf(ProposalState.Known state, Stage stage, Ballot ballot, DateTimeOffset now)
    {
        var standing = Standings.Of(state, stage, ballot, now);
        var said = Standings.Said(standing, state.Dossier, ballot);
        return new Verdict(stage.Role(ballot.Role).Title, said?.By.Display ?? "", said?.Choice, said?.Comment ?? "", said?.At, standing);
    }

    static IEnumerable<Verdict> Voices(ProposalState.Known state, StageKind kind, DateTimeOffset now, Stage? but = null) =>
        from stage in state.Dossier.Definition.Stages
        where stage.Kind == kind && stage.Key != but?.Key
        from ballot in state.Dossier.Progress(stage.Key).Ballots
        select VerdictOf(state, stage, ballot, now);
}
