using System.Collections.Immutable;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>A response comes in, and is edited later.</summary>
static class Submission
{
    public static Decision Submit(Ledger ledger, Command.SubmitResponse submit)
    {
        ledger.Record(new Event.ResponseReceived(submit.Id, submit.Form, submit.Reading.Proposal, submit.Definition, submit.At));

        if (!submit.Reading.IsReadable) return AskForCorrection(ledger, submit.Reading.Problems);
        if (submit.DuplicateOf is { } earlier) return Ending.Reach(ledger, new Outcome(OutcomeKind.Duplicate, DuplicateOf: earlier));

        Acknowledge(ledger);
        return Stages.OpenWhatIsReady(ledger);
    }

    public static Decision Edit(Ledger ledger, Command.EditResponse edit)
    {
        var changes = Compare(ledger.Dossier.Proposal, edit.Reading.Proposal);
        var wasStuck = ledger.State is ProposalState.NeedsCorrection;
        if (changes.IsEmpty && !(wasStuck && edit.Reading.IsReadable)) return ledger.Close(); // seen before; what is still wrong was said

        var neverStarted = ledger.Dossier.Stages.All(stage => stage.Status is StageStatus.Waiting);
        ledger.Record(new Event.ResponseEdited(edit.Reading.Proposal, changes, edit.At));
        if (!edit.Reading.IsReadable)
        {
            Stages.TakeBack(ledger, changes);
            return AskForCorrection(ledger, edit.Reading.Problems);
        }

        if (neverStarted) Acknowledge(ledger);
        else if (!changes.IsEmpty) AcknowledgeEdit(ledger);
        Stages.SkipWhatIsNotNeeded(ledger);
        if (wasStuck) Stages.AskAgainAfterRest(ledger, changes);
        else Stages.AskAgain(ledger, changes);
        return Stages.OpenWhatIsReady(ledger);
    }

    /// <summary>Somebody edits what was decided before: it is kept in the history, and changes nothing of the decision.</summary>
    public static Decision NoteLateEdit(Ledger ledger, Command.EditResponse edit)
    {
        var changes = Compare(ledger.Dossier.Proposal, edit.Reading.Proposal);
        if (!changes.IsEmpty) ledger.Record(new Event.ResponseEdited(edit.Reading.Proposal, changes, edit.At));
        return ledger.Close();
    }

    static Decision AskForCorrection(Ledger ledger, ImmutableArray<Problem> problems)
    {
        ledger.Record(new Event.ProblemsFound(problems, ledger.Now, Stages.CorrectionWait(ledger)));
        var sponsors = Holder.Sponsor.Of(ledger.Dossier.Proposal);
        foreach (var sponsor in sponsors)
            ledger.Do("request-correction", sponsor, (id, n) => new Effect.RequestCorrection(id, n, sponsor));
        if (!sponsors.IsEmpty) return ledger.Close();

        // Nobody can be written to: the administrators hear of it, and the sheet shows it.
        Ending.TellAdministrators(ledger);
        return ledger.Close();
    }

    static void Acknowledge(Ledger ledger)
    {
        if (!ledger.Dossier.Definition.SendsAllNotices()) return;
        foreach (var sponsor in Holder.Sponsor.Of(ledger.Dossier.Proposal))
            ledger.Do("acknowledge-response", sponsor, (id, n) => new Effect.AcknowledgeResponse(id, n, sponsor));
    }

    static void AcknowledgeEdit(Ledger ledger)
    {
        if (!ledger.Dossier.Definition.SendsAllNotices()) return;
        foreach (var sponsor in Holder.Sponsor.Of(ledger.Dossier.Proposal))
            ledger.Do("acknowledge-edit", sponsor, (id, n) => new Effect.AcknowledgeEdit(id, n, sponsor, ledger.Dossier.Revision));
    }

    /// <summary>Answers are matched by their part, or by their question; white space at the ends does not count.</summary>
    static ImmutableArray<Change> Compare(Proposal before, Proposal after)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        var left = before.Answers.ToList();
        foreach (var answer in after.Answers)
        {
            var old = left.Find(candidate => answer.Part is { } part
                ? candidate.Part == part
                : candidate.Part is null && HeaderText.Same(candidate.Question, answer.Question));
            if (old is not null) left.Remove(old);
            if ((old?.Text ?? "").Trim() != answer.Text.Trim())
                changes.Add(new Change(answer.Question, answer.Part, old?.Text ?? "", answer.Text));
        }

        changes.AddRange(left.Where(old => old.Text.Trim().Length > 0).Select(old => new Change(old.Question, old.Part, old.Text, "")));
        return changes.ToImmutable();
    }
}
