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
    public static ImmutableArray<Verdict> Verdicts(Dossier dossier) =>
        [.. Stages(dossier, StageKind.Vote).SelectMany(pair => pair.Progress.Ballots.Select(ballot => VerdictOf(pair.Stage, ballot)))];

    /// <summary>What was said in stages that do not vote.</summary>
    public static ImmutableArray<Verdict> Recommendations(Dossier dossier) =>
    [
        .. Stages(dossier, StageKind.Recommendation).Concat(Stages(dossier, StageKind.Task))
            .SelectMany(pair => pair.Progress.Ballots.Where(ballot => ballot.Vote is not null).Select(ballot => VerdictOf(pair.Stage, ballot))),
    ];

    public static Verdict VerdictOf(Stage stage, Ballot ballot) => new(
        stage.Role(ballot.Role).Title, ballot.Vote?.By.Display ?? "", ballot.Vote?.Choice, ballot.Vote?.Comment ?? "", ballot.Vote?.At);

    static IEnumerable<(Stage Stage, StageProgress Progress)> Stages(Dossier dossier, StageKind kind) =>
        dossier.Definition.Stages.Where(stage => stage.Kind == kind).Select(stage => (stage, dossier.Progress(stage.Key)));
}
