using System.Collections.Immutable;

namespace FormsFlow.Domain.Process;

/// <summary>Stages open when those before them are settled, and open again for whom an edit concerns.</summary>
static class Stages
{
    /// <summary>Opens or skips every stage whose turn has come; ends the review when nothing is left.</summary>
    public static Decision OpenWhatIsReady(Ledger ledger)
    {
        while (NextReady(ledger) is { } stage)
        {
            // A stage that is off here is off whatever the proposal says: nobody has to read that it is not needed.
            var roles = RolesToAsk(ledger, stage);
            if (roles.IsEmpty) Skip(ledger, stage, SkipReason.NobodyAssigned);
            else if (!stage.When.Holds(ledger.Dossier.Proposal)) Skip(ledger, stage, SkipReason.NotNeeded);
            else if (stage.OpensAfter is { } delay && ledger.Dossier.Progress(stage.Key).OpensAt is null) Schedule(ledger, stage, delay);
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

    /// <summary>Passes by what is open, or to open at its time, and is not needed any more after an edit.</summary>
    public static void SkipWhatIsNotNeeded(Ledger ledger)
    {
        foreach (var stage in ledger.Dossier.Definition.Stages)
            if (ledger.Dossier.Progress(stage.Key) is { Status: StageStatus.Open } or { OpensAt: not null } && !stage.When.Holds(ledger.Dossier.Proposal))
                Skip(ledger, stage, SkipReason.NotNeeded);
    }

    /// <summary>Takes back the answers that the changes concern, in stages that were settled on them, too. Whoever is concerned is asked once the response is corrected.</summary>
    public static void TakeBack(Ledger ledger, ImmutableArray<Change> changes)
    {
        foreach (var (stage, roles) in Concerned(ledger.Dossier, changes)) Reopen(ledger, stage, roles);
    }

    /// <summary>Takes back the answers that the changes concern and asks again.</summary>
    public static void AskAgain(Ledger ledger, ImmutableArray<Change> changes) => AskAgain(ledger, Concerned(ledger.Dossier, changes));

    /// <summary>As <see cref="AskAgain(Ledger, ImmutableArray{Change})"/>, and those who had not answered, too: the stages were at rest and go on.</summary>
    public static void AskAgainAfterRest(Ledger ledger, ImmutableArray<Change> changes) => AskAgain(ledger, Concerned(ledger.Dossier, changes, atRest: ballot => ballot.Vote is null));

    static void AskAgain(Ledger ledger, ImmutableArray<(Stage, ImmutableArray<string>)> concerned)
    {
        foreach (var (stage, roles) in concerned)
        {
            Reopen(ledger, stage, roles);
            foreach (var role in roles) Ask(ledger, stage, role, again: true);
        }
    }

    /// <summary>Whose answers the changes concern, stage by stage; of those who have not answered, whoever is another person now.</summary>
    /// <param name="atRest">Who else is asked in the stages that are open.</param>
    static ImmutableArray<(Stage Stage, ImmutableArray<string> Roles)> Concerned(Dossier dossier, ImmutableArray<Change> changes, Func<Ballot, bool>? atRest = null)
    {
        return
        [
            .. from stage in dossier.Definition.Stages
               let progress = dossier.Progress(stage.Key)
               let isOpen = progress.Status is StageStatus.Open
               where isOpen || progress.Result is StageResult.Approved or StageResult.Completed
               let roles = progress.Ballots
                   .Where(ballot => IsConcerned(stage.Role(ballot.Role), ballot, isOpen) || (isOpen && atRest?.Invoke(ballot) == true))
                   .Select(ballot => ballot.Role)
                   .ToImmutableArray()
               where !roles.IsEmpty
               select (stage, roles),
        ];

        bool IsConcerned(StageRole role, Ballot ballot, bool isOpen) => ballot.Vote is null
            ? isOpen && changes.Any(change => role.Asked?.DependsOn(change) == true)
            : changes.Any(change => ProposalProcess.Concerns(role, change));
    }


    static void Reopen(Ledger ledger, Stage stage, ImmutableArray<string> roles)
    {
        var (reminders, escalateAt, expiresAt) = PaceFrom(ledger, stage.Pace);
        ledger.Record(new Event.VotesReopened(stage.Key, roles, reminders, escalateAt, expiresAt, ledger.Now));
    }

    static void Open(Ledger ledger, Stage stage, ImmutableArray<string> roles)
    {
        var (reminders, escalateAt, expiresAt) = PaceFrom(ledger, stage.Pace);
        ledger.Record(new Event.StageOpened(stage.Key, roles, reminders, escalateAt, expiresAt, ledger.Now));
        foreach (var role in roles) Ask(ledger, stage, role, again: false);
    }

    static void Schedule(Ledger ledger, Stage stage, Delay delay) =>
        ledger.Record(new Event.StageScheduled(stage.Key, delay.After(ledger.Now, ledger.Calendar), ledger.Now));

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

    static Stage? NextReady(Ledger ledger) => ledger.Dossier.Definition.Stages.FirstOrDefault(stage =>
        IsToCome(ledger.Dossier, stage)
        && !(ledger.Dossier.Progress(stage.Key).OpensAt > ledger.Now)
        && stage.After.All(before => ledger.Dossier.Progress(before).Status is StageStatus.Settled or StageStatus.Skipped));
}
