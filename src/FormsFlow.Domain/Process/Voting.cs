using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>A party answers, and the stage's rule says whether that settles it.</summary>
static class Voting
{
    /// <summary>Nobody sees that an answer was recorded, thinks again, and opens, fills in and sends the form to change it in less.</summary>
    static readonly TimeSpan Moments = TimeSpan.FromSeconds(2);

    /// <summary>For so many working days an answer that was held can be confirmed.</summary>
    const int HeldFor = 3;

    public static Decision Cast(Ledger ledger, Command.CastVote vote)
    {
        if (Refuse(ledger.Dossier, vote) is { } refusal) return Decision.Refuse(ledger.State, refusal);

        var ballot = ledger.Dossier.Progress(vote.Stage).Ballot(vote.Role)!;
        var comment = vote.Comment.Trim();
        if (IsSame(ballot.Vote, vote.Choice, comment)) return ledger.Close(); // pressed twice

        var cast = new Vote(vote.By, vote.Choice, comment, ledger.Dossier.Revision, vote.At);
        if (vote.Seen is { } seen)
        {
            if (ballot.Vote is { } before && before.Choice != vote.Choice && vote.At - before.At < Moments) return Hold(ledger, vote, cast, Doubt.BothAnswers);
            if (seen != ballot.Mark) return Decision.Refuse(ledger.State, Refusal.AnsweredSinceOpened);
        }

        return vote.Doubt is { } doubt ? Hold(ledger, vote, cast, doubt) : Count(ledger, vote.Stage, vote.Role, cast);
    }

    /// <summary>The person says that the answer that was held is theirs: it counts from now on.</summary>
    public static Decision Confirm(Ledger ledger, Command.ConfirmAnswer confirm)
    {
        var dossier = ledger.Dossier;
        if (dossier.Stages.FirstOrDefault(stage => stage.Stage == confirm.Stage) is not { Status: StageStatus.Open } progress)
            return Decision.Refuse(ledger.State, Refusal.StageNotOpen);
        if (progress.Ballot(confirm.Role) is not { } ballot) return Decision.Refuse(ledger.State, Refusal.NotAsked);
        if (ballot.HeldAt(ledger.Now) is not { } held || held.Event != confirm.Held || !held.Vote.By.Is(confirm.By))
            return Decision.Refuse(ledger.State, Refusal.NothingHeld);
        if (ballot.Vote is { } before && !before.By.Is(confirm.By)) return Decision.Refuse(ledger.State, Refusal.AnsweredBySomeoneElse);
        if (!SawWhatMatters(dossier, dossier.Definition.Stage(confirm.Stage).Role(confirm.Role), held.Vote.Revision))
            return Decision.Refuse(ledger.State, Refusal.EditedSinceOpened);

        return Count(ledger, confirm.Stage, confirm.Role, held.Vote with { At = confirm.At });
    }

    static Decision Count(Ledger ledger, string stageKey, string role, Vote vote)
    {
        ledger.Record(new Event.VoteCast(stageKey, role, vote, ledger.Now));

        var stage = ledger.Dossier.Definition.Stage(stageKey);
        if (ResultOf(stage, ledger.Dossier.Progress(stageKey)) is not { } result) return ledger.Close();

        ledger.Record(new Event.StageSettled(stageKey, result, ledger.Now));
        return result is StageResult.Denied
            ? Ending.Reach(ledger, new Outcome(OutcomeKind.Denied))
            : Stages.OpenWhatIsReady(ledger);
    }

    /// <summary>One mail for as long as something is held, however often a machine sends another answer: the page shows the latest.</summary>
    static Decision Hold(Ledger ledger, Command.CastVote vote, Vote cast, Doubt doubt)
    {
        var ballot = ledger.Dossier.Progress(vote.Stage).Ballot(vote.Role)!;
        var held = ballot.HeldAt(ledger.Now) is { } earlier && earlier.Vote.By.Is(vote.By) ? earlier : null;
        if (doubt is not Doubt.BothAnswers && IsSame(held?.Vote, cast.Choice, cast.Comment)) return ledger.Close();

        ledger.Record(new Event.AnswerHeld(vote.Stage, vote.Role, cast, doubt, ledger.Calendar.EndOf(ledger.Now, HeldFor), ledger.Now));
        if (held is null)
            ledger.Do($"request-confirmation/{vote.Role}", vote.By, (id, n) => new Effect.RequestConfirmation(id, n, vote.Stage, vote.Role, vote.By));
        return ledger.Close();
    }

    static bool IsSame(Vote? vote, Choice choice, string comment) => vote is not null && vote.Choice == choice && vote.Comment == comment;

    static Refusal? Refuse(Dossier dossier, Command.CastVote vote)
    {
        if (dossier.Stages.FirstOrDefault(stage => stage.Stage == vote.Stage) is not { Status: StageStatus.Open } progress) return Refusal.StageNotOpen;
        if (progress.Ballot(vote.Role) is not { } ballot) return Refusal.NotAsked;

        var stage = dossier.Definition.Stage(vote.Stage);
        if (!stage.Offers().Contains(vote.Choice)) return Refusal.ChoiceNotOffered;
        if (ballot.Vote is { } before && !before.By.Is(vote.By)) return Refusal.AnsweredBySomeoneElse;
        if (!SawWhatMatters(dossier, stage.Role(vote.Role), vote.Revision)) return Refusal.EditedSinceOpened;
        if (ProposalProcess.NeedsComment(vote.Choice) && ResponseReader.IsBlank(vote.Comment)) return Refusal.CommentRequired;
        return null;
    }

    /// <summary>An edit in between matters only to those whom it concerns; two edits are not told apart any more.</summary>
    static bool SawWhatMatters(Dossier dossier, StageRole role, int revision) =>
        revision == dossier.Revision
        || (revision >= 1 && revision == dossier.Revision - 1 && !dossier.Changes.Any(change => ProposalProcess.Concerns(role, change)));

    /// <summary>Whether a vote has so many denials that the rest could not bring the approval about any more.</summary>
    public static bool IsLost(Stage stage, StageProgress progress) =>
        stage.Kind is StageKind.Vote
        && progress.Ballots.Count(ballot => ballot.Vote?.Choice is Choice.Deny) > progress.Ballots.Length - stage.Rule.Needed(progress.Ballots.Length);

    static StageResult? ResultOf(Stage stage, StageProgress progress)
    {
        var needed = stage.Rule.Needed(progress.Ballots.Length);
        var answered = progress.Ballots.Count(ballot => ballot.Vote is not null);
        if (stage.Kind is not StageKind.Vote) return answered >= needed ? StageResult.Completed : null;
        if (progress.Ballots.Count(ballot => ballot.Vote?.Choice is Choice.Approve) >= needed) return StageResult.Approved;

        var mayEnd = stage.OnDenial is OnDenial.CloseAtOnce || answered == progress.Ballots.Length;
        return IsLost(stage, progress) && mayEnd ? StageResult.Denied : null;
    }
}
