using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>A party answers, and the stage's rule says whether that settles it.</summary>
static class Voting
{
    public static Decision Cast(Ledger ledger, Command.CastVote vote)
    {
        if (Refuse(ledger.Dossier, vote) is { } refusal) return Decision.Refuse(ledger.State, refusal);

        var ballot = ledger.Dossier.Progress(vote.Stage).Ballot(vote.Role)!;
        var comment = vote.Comment.Trim();
        if (ballot.Vote is { } before && before.Choice == vote.Choice && before.Comment == comment) return ledger.Close(); // pressed twice

        ledger.Record(new Event.VoteCast(vote.Stage, vote.Role, new Vote(vote.By, vote.Choice, comment, ledger.Dossier.Revision, vote.At), vote.At));

        var stage = ledger.Dossier.Definition.Stage(vote.Stage);
        if (ResultOf(stage, ledger.Dossier.Progress(vote.Stage)) is not { } result) return ledger.Close();

        ledger.Record(new Event.StageSettled(vote.Stage, result, vote.At));
        return result is StageResult.Denied
            ? Ending.Reach(ledger, new Outcome(OutcomeKind.Denied))
            : Stages.OpenWhatIsReady(ledger);
    }

    static Refusal? Refuse(Dossier dossier, Command.CastVote vote)
    {
        if (dossier.Stages.FirstOrDefault(stage => stage.Stage == vote.Stage) is not { Status: StageStatus.Open } progress) return Refusal.StageNotOpen;
        if (progress.Ballot(vote.Role) is not { } ballot) return Refusal.NotAsked;

        var stage = dossier.Definition.Stage(vote.Stage);
        if (!ProposalProcess.ChoicesOf(stage.Kind).Contains(vote.Choice)) return Refusal.ChoiceNotOffered;
        if (ballot.Vote is { } before && !before.By.Is(vote.By)) return Refusal.AnsweredBySomeoneElse;
        if (!SawWhatMatters(dossier, stage.Role(vote.Role), vote.Revision)) return Refusal.EditedSinceOpened;
        if (ProposalProcess.NeedsComment(vote.Choice) && ResponseReader.IsBlank(vote.Comment)) return Refusal.CommentRequired;
        return null;
    }

    /// <summary>An edit in between matters only to those whom it concerns; two edits are not told apart any more.</summary>
    static bool SawWhatMatters(Dossier dossier, StageRole role, int revision) =>
        revision == dossier.Revision
        || (revision >= 1 && revision == dossier.Revision - 1 && !dossier.Changes.Any(change => ProposalProcess.Concerns(role, change)));

    static StageResult? ResultOf(Stage stage, StageProgress progress)
    {
        var parties = progress.Ballots.Length;
        var needed = stage.Rule.Needed(parties);
        var answered = progress.Ballots.Count(ballot => ballot.Vote is not null);
        if (stage.Kind is not StageKind.Vote) return answered >= needed ? StageResult.Completed : null;

        var approvals = progress.Ballots.Count(ballot => ballot.Vote?.Choice is Choice.Approve);
        if (approvals >= needed) return StageResult.Approved;

        var outOfReach = answered - approvals > parties - needed;
        var mayEnd = stage.OnDenial is OnDenial.CloseAtOnce || answered == parties;
        return outOfReach && mayEnd ? StageResult.Denied : null;
    }
}
