using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Reviewing;

/// <summary>A proposal and its history as the status page shows them.</summary>
static class StatusView
{
    public static StatusPage.Shown Show(ProposalState.Known state, IReadOnlyList<EventRecord> history, bool mayWithdraw, Installation installation)
    {
        var dossier = state.Dossier;
        var roster = installation.Form(dossier.Form).Roster;
        return new StatusPage.Shown(
            Facts.Of(dossier, installation),
            dossier.Proposal,
            ProposalStatuses.Of(state),
            StatusText.ForPage(state),
            dossier.Outcome,
            state is ProposalState.NeedsCorrection stuck ? stuck.Problems : [],
            [.. dossier.Definition.Stages.Where(stage => IsShown(stage, dossier.Progress(stage.Key), roster)).Select(stage => StageOf(stage, dossier.Progress(stage.Key)))],
            [.. history.Select(record => HistoryText.Describe(ProposalCodec.ReadEvent(record.Body), dossier.Definition)).OfType<HistoryLine>()],
            mayWithdraw,
            installation.Form(dossier.Form).Address);
    }

    /// <summary>A stage that is off in this district, or will be, is no step on the way.</summary>
    static bool IsShown(Stage stage, StageProgress progress, Roster roster) =>
        progress.Skipped is not SkipReason.NobodyAssigned
        && (progress.Status is not StageStatus.Waiting || stage.Required
            || stage.Roles.Any(role => roster.Assignments.Any(assignment => assignment.Role == role.Key)));

    static StageView StageOf(Stage stage, StageProgress progress) => new(
        stage.Title, stage.Kind, progress.Status, progress.Skipped, progress.Result,
        progress.Ballots.IsEmpty
            ? [.. stage.Roles.Select(role => new PartyView(role.Title, null, null, "", "", null))]
            : [.. progress.Ballots.Select(ballot => new PartyView(
                stage.Role(ballot.Role).Title, ballot.AskedAt, ballot.Vote?.Choice, ballot.Vote?.By.Display ?? "", ballot.Vote?.Comment ?? "", ballot.Vote?.At))],
        progress.Status is StageStatus.Open ? progress.ExpiresAt : null);
}
