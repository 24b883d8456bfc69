using System.Collections.Immutable;

namespace FormsFlow.Domain.Process;

/// <summary>How a proposal comes to its outcome, and who hears of it.</summary>
static class Ending
{
    public static Decision Withdraw(Ledger ledger, Command.Withdraw withdraw) =>
        Reach(ledger, new Outcome(OutcomeKind.Withdrawn, withdraw.Reason.Trim()));

    /// <summary>The outcome is known, and with it everything ends.</summary>
    public static Decision Reach(Ledger ledger, Outcome outcome)
    {
        Announce(ledger, outcome);
        ledger.Record(new Event.Closed(ledger.Now));
        return ledger.Close();
    }

    /// <summary>Approved once every vote is settled; closed once every other stage is, too.</summary>
    public static Decision EndIfNothingIsLeft(Ledger ledger)
    {
        var left = ledger.Dossier.Definition.Stages
            .Where(stage => Stages.IsToCome(ledger.Dossier, stage) || ledger.Dossier.Progress(stage.Key).Status is StageStatus.Open)
            .ToImmutableArray();
        var approved = ledger.Dossier.Stages.Any(stage => stage.Result is StageResult.Approved);

        if (ledger.Dossier.Outcome is null && approved && !left.Any(stage => stage.Kind is StageKind.Vote))
            Announce(ledger, new Outcome(OutcomeKind.Approved));
        if (ledger.Dossier.Outcome is not null && left.IsEmpty)
            ledger.Record(new Event.Closed(ledger.Now));
        else if (left.IsEmpty && !ledger.IsEmpty)
            TellAdministrators(ledger); // nobody is asked and nothing was decided: without a hand it would wait for ever
        return ledger.Close();
    }

    public static Decision NoteFailure(Ledger ledger, Command.ReportFailure failure)
    {
        // A crash between the report and the effect's mark brings the same report again.
        if (ledger.Dossier.Failures.Any(known => known.EffectId == failure.EffectId)) return ledger.Close();

        ledger.Record(new Event.DeliveryFailed(failure.EffectId, failure.What, failure.Reason, failure.At));
        // A notice to an administrator that fails would only bring the next one.
        if (failure.EffectId.Contains("/tell-administrator", StringComparison.Ordinal)) return ledger.Close();
        TellAdministrators(ledger);
        return ledger.Close();
    }

    public static Decision NoteDelivery(Ledger ledger, Command.ReportDelivery delivery)
    {
        ledger.Record(new Event.Delivered(delivery.EffectId, delivery.What, delivery.At));
        return ledger.Close();
    }

    public static void TellAdministrators(Ledger ledger)
    {
        foreach (var person in ledger.Administrators)
            ledger.Do("tell-administrator", person, (id, n) => new Effect.TellAdministrator(id, n, person));
    }

    static void Announce(Ledger ledger, Outcome outcome)
    {
        ledger.Record(new Event.OutcomeReached(outcome, ledger.Now));
        foreach (var sponsor in Holder.Sponsor.Of(ledger.Dossier.Proposal))
            ledger.Do("tell-sponsor-outcome", sponsor, (id, n) => new Effect.TellSponsorOutcome(id, n, sponsor));

        if (!ledger.Dossier.Definition.SendsAllNotices()) return;

        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stage in ledger.Dossier.Stages)
            foreach (var ballot in stage.Ballots)
                foreach (var person in Asked(ledger, ballot))
                    if (told.Add(person.Key))
                        ledger.Do($"tell-reviewer-outcome/{ballot.Role}", person,
                            (id, n) => new Effect.TellReviewerOutcome(id, n, stage.Stage, ballot.Role, person));
    }

    /// <summary>Those who hold the role now, and whoever answered for it, each once.</summary>
    static IEnumerable<Person> Asked(Ledger ledger, Ballot ballot) =>
        ballot.Vote is { } vote ? ledger.Holders(ballot.Role).Prepend(vote.By) : ledger.Holders(ballot.Role);
}
