using System.Collections.Immutable;

namespace FormsFlow.Domain.Process;

/// <summary>Stages open when those before them are settled, and open again for whom an edit concerns.</summary>
static class Stages
{
    /// <summary>Opens or skips every stage whose turn has come; ends the review when nothing is left.</summary>
    public static Decision OpenWhatIsReady(Ledger ledger)
    {
        while (NextReady(ledger.Dossier) is { } stage)
        {
            // A stage that is off here is off whatever the proposal says: nobody has to read that it is not needed.
            var roles = RolesToAsk(ledger, stage);
            if (roles.IsEmpty) Skip(ledger, stage, SkipReason.NobodyAssigned);
            else if (!stage.When.Holds(ledger.Dossier.Proposal)) Skip(ledger, stage, SkipReason.NotNeeded);
            else Open(ledger, stage, roles);
        }

        return Ending.EndIfNothingIsLeft(ledger);
    }

    /// <summary>Whether the stage is still to come, or comes back because an edit made it needed after all.</summary>
    public static bool IsToCome(Dossier dossier, Stage stage) => dossier.Progress(stage.Key) switch
    {
        { Status: StageStatus.Waiting } => true,
        { Status: StageStatus.Skipped, Skipped: SkipReason.NotNeeded } => stage.When.Holds(dossier.Proposal),
        _ => false,
    };

    /// <summary>Passes by what is open and, after an edit, not needed any more.</summary>
    public static void SkipWhatIsNotNeeded(Ledger ledger)
    {
        foreach (var stage in ledger.Dossier.Definition.Stages)
            if (ledger.Dossier.Progress(stage.Key).Status is StageStatus.Open && !stage.When.Holds(ledger.Dossier.Proposal))
                Skip(ledger, stage, SkipReason.NotNeeded);
    }

    /// <summary>Takes back the answers that the changes concern and asks again, in stages that were settled on them, too.</summary>
    /// <param name="tell">False while the response waits for its sponsor: whoever is concerned is asked when it is corrected.</param>
    /// <param name="everybody">Also asks those who had not answered: the stage was at rest and goes on.</param>
    public static void Reopen(Ledger ledger, ImmutableArray<Change> changes, bool tell, bool everybody)
    {
        foreach (var stage in ledger.Dossier.Definition.Stages)
        {
            var progress = ledger.Dossier.Progress(stage.Key);
            if (progress is not ({ Status: StageStatus.Open } or { Result: StageResult.Approved or StageResult.Completed })) continue;

            var roles = progress.Ballots
                .Where(ballot => ballot.Vote is null
                    ? everybody && progress.Status is StageStatus.Open
                    : changes.Any(change => ProposalProcess.Concerns(stage.Role(ballot.Role), change)))
                .Select(ballot => ballot.Role)
                .ToImmutableArray();
            if (roles.IsEmpty) continue;

            var (reminders, escalateAt, expiresAt) = PaceFrom(ledger, stage.Pace);
            ledger.Record(new Event.VotesReopened(stage.Key, roles, reminders, escalateAt, expiresAt, ledger.Now));
            if (!tell) continue;
            foreach (var role in roles) Ask(ledger, stage, role, again: true);
        }
    }

    static void Open(Ledger ledger, Stage stage, ImmutableArray<string> roles)
    {
        var (reminders, escalateAt, expiresAt) = PaceFrom(ledger, stage.Pace);
        ledger.Record(new Event.StageOpened(stage.Key, roles, reminders, escalateAt, expiresAt, ledger.Now));
        foreach (var role in roles) Ask(ledger, stage, role, again: false);
    }

    static void Skip(Ledger ledger, Stage stage, SkipReason reason) => ledger.Record(new Event.StageSkipped(stage.Key, reason, ledger.Now));

    static void Ask(Ledger ledger, Stage stage, string role, bool again)
    {
        var holders = ledger.Holders(role);
        foreach (var person in holders)
            ledger.Do($"request-review/{role}", person, (id, n) => new Effect.RequestReview(id, n, stage.Key, role, person, again));
        if (!holders.IsEmpty) return;

        // A required role that nobody holds: the proposal waits, and somebody has to know.
        foreach (var person in ledger.Administrators)
            ledger.Do($"tell-administrator/{role}", person, (id, n) => new Effect.TellAdministrator(id, n, person));
    }

    /// <returns>Null where the process waits for a correction for ever.</returns>
    public static CorrectionWait? CorrectionWait(Ledger ledger)
    {
        if (ledger.Dossier.Definition.Correction is not { } pace) return null;
        var (reminders, _, expiresAt) = PaceFrom(ledger, pace);
        return new CorrectionWait(reminders, expiresAt);
    }

    static (ImmutableArray<DateTimeOffset> Reminders, DateTimeOffset? EscalateAt, DateTimeOffset? ExpiresAt) PaceFrom(Ledger ledger, Pace pace)
    {
        var calendar = ledger.Calendar;
        return (
            [.. pace.RemindAfter.Select(days => calendar.BeginOf(ledger.Now, days)).Where(due => due > ledger.Now).Order()],
            pace.EscalateAfter is { } escalate ? calendar.BeginOf(ledger.Now, escalate) : null,
            pace.ExpireAfter is { } expire ? calendar.EndOf(ledger.Now, expire) : null);
    }

    static ImmutableArray<string> RolesToAsk(Ledger ledger, Stage stage) =>
        [.. stage.Roles.Where(role => stage.Required || !ledger.Holders(role.Key).IsEmpty).Select(role => role.Key)];

    static Stage? NextReady(Dossier dossier) => dossier.Definition.Stages.FirstOrDefault(stage =>
        IsToCome(dossier, stage)
        && stage.After.All(before => dossier.Progress(before).Status is StageStatus.Settled or StageStatus.Skipped));
}
