using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Reviewing;

/// <summary>A proposal and its history as the status page shows them.</summary>
static class StatusView
{
    public static StatusPage.Shown Show(
        ProposalState.Known state, IReadOnlyList<EventRecord> history, bool mayWithdraw, WithdrawTrouble? notice, string nonce, Installation installation, DateTimeOffset now)
    {
        var dossier = state.Dossier;
        var form = installation.Form(dossier.Form);
        return new StatusPage.Shown(
            Facts.Of(dossier, installation),
            dossier.Proposal,
            ProposalStatuses.Of(state),
            StatusHeadline.Of(state),
            dossier.Outcome,
            state is ProposalState.NeedsCorrection stuck ? stuck.Problems : [],
            dossier.Outcome is { Kind: OutcomeKind.Duplicate }
                ? []
                : [.. dossier.Definition.Stages.Where(stage => IsShown(stage, dossier.Progress(stage.Key), form.Roster)).Select(stage => StageOf(state, stage, now))],
            [.. history.Select(record => HistoryText.Describe(ProposalCodec.ReadEvent(record.Body), dossier.Definition)).OfType<HistoryLine>()],
            mayWithdraw,
            form.Address,
            notice,
            nonce,
            (state as ProposalState.NeedsCorrection)?.Waiting?.ExpiresAt);
    }

    /// <summary>A stage that nobody is assigned to is no step on the way in this district, before the start as little as after it.</summary>
    static bool IsShown(Stage stage, StageProgress progress, Roster roster) =>
        progress.Skipped is not SkipReason.NobodyAssigned
        && (!progress.Ballots.IsEmpty || stage.Required
            || stage.Roles.Any(roster.MayAsk));

    static StageView StageOf(ProposalState.Known state, Stage stage, DateTimeOffset now)
    {
        var progress = state.Dossier.Progress(stage.Key);
        var standing = Standings.Of(state, stage);
        return new StageView(
            stage.Title, stage.Purpose ?? "", standing,
            standing is StageStanding.NotNeeded
                ? []
                : [.. progress.Ballots.Select(ballot => PartyOf(state, stage, ballot, now))],
            standing is StageStanding.UnderWay ? progress.ExpiresAt : null,
            standing is StageStanding.ComesLater ? progress.OpensAt : null);
    }

    static PartyView PartyOf(ProposalState.Known state, Stage stage, Ballot ballot, DateTimeOffset now)
    {
        var verdict = Facts.VerdictOf(state, stage, ballot, now);
        return new PartyView(verdict.Party, verdict.Standing, ballot.AskedAt, verdict.Choice, verdict.By, verdict.Comment, verdict.At);
    }
}
