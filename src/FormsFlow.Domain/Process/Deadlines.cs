using System.Collections.Immutable;

namespace FormsFlow.Domain.Process;

/// <summary>What time alone brings: reminders, an escalation, the end of waiting. What is overdue several times over happens once.</summary>
static class Deadlines
{
    public static Decision Pass(Ledger ledger)
    {
        foreach (var stage in ledger.Dossier.Definition.Stages)
        {
            var progress = ledger.Dossier.Progress(stage.Key);
            if (progress.Status is not StageStatus.Open) continue;
            if (progress.ExpiresAt <= ledger.Now)
            {
                // Where all were to be heard, those who did speak may have settled it all the same.
                var result = Voting.IsLost(stage, progress) ? StageResult.Denied : StageResult.Expired;
                ledger.Record(new Event.StageSettled(stage.Key, result, ledger.Now));
                if (stage.Kind is StageKind.Vote && ledger.Dossier.Outcome is null)
                    return Ending.Reach(ledger, new Outcome(result is StageResult.Denied ? OutcomeKind.Denied : OutcomeKind.Expired));
                continue;
            }

            ImmutableArray<string> late = [.. progress.Ballots.Where(ballot => ballot.Vote is null).Select(ballot => ballot.Role)];
            if (progress.EscalateAt <= ledger.Now) Escalate(ledger, stage, late);
            if (progress.Reminders.Any(due => due <= ledger.Now)) Remind(ledger, stage, progress, late);
        }

        return Stages.OpenWhatIsReady(ledger);
    }

    /// <summary>The same for a response that waits for its sponsor.</summary>
    public static Decision Pass(Ledger ledger, CorrectionWait waiting)
    {
        if (waiting.ExpiresAt <= ledger.Now) return Ending.Reach(ledger, new Outcome(OutcomeKind.Lapsed));
        if (!waiting.Reminders.Any(due => due <= ledger.Now)) return ledger.Close();

        var number = waiting.RemindersSent + 1;
        ledger.Record(new Event.SponsorReminded(number, ledger.Now));
        foreach (var sponsor in Holder.Sponsor.Of(ledger.Dossier.Proposal))
            ledger.Do("remind-sponsor", sponsor, (id, n) => new Effect.RemindSponsor(id, n, sponsor, number));
        return ledger.Close();
    }

    static void Remind(Ledger ledger, Stage stage, StageProgress progress, ImmutableArray<string> late)
    {
        var number = progress.RemindersSent + 1;
        ledger.Record(new Event.Reminded(stage.Key, late, number, ledger.Now));
        foreach (var role in late)
            foreach (var person in ledger.Holders(role))
                ledger.Do($"remind-reviewer/{role}", person, (id, n) => new Effect.RemindReviewer(id, n, stage.Key, role, person, number));
    }

    static void Escalate(Ledger ledger, Stage stage, ImmutableArray<string> late)
    {
        var to = stage.Pace.EscalateTo ?? "";
        var people = ledger.Holders(to) is { IsEmpty: false } holders ? holders : ledger.Administrators;
        ledger.Record(new Event.Escalated(stage.Key, late, to, ledger.Now));
        foreach (var person in people)
            ledger.Do($"escalate/{stage.Key}", person, (id, n) => new Effect.Escalate(id, n, stage.Key, person));
    }
}
