using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Mailing;

/// <summary>The words for what a party said or did not say, and for how it ended: the same on pages and in mails, and as in the sheet.</summary>
public static class StandingText
{
    public static string Of(PartyStanding standing, Choice? choice) => standing switch
    {
        PartyStanding.Answered when choice is { } said => SheetLine.Word(said),
        PartyStanding.Waiting => "No answer yet",
        PartyStanding.Unconfirmed => "Waiting for confirmation",
        PartyStanding.Silent => "Did not answer",
        PartyStanding.NoLongerNeeded => "Was not needed any more",
        PartyStanding.AnsweredEarlier when choice is { } said => $"{SheetLine.BeforeEdit}{Lower(said)}",
        PartyStanding.SilentSinceEdit when choice is { } said => $"{SheetLine.SinceEdit}{Lower(said)}",
        PartyStanding.NotAsked => "Not asked yet",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "Nobody has said what this is called."),
    };

    public static string Of(StageStanding standing) => standing switch
    {
        StageStanding.ComesLater => "Comes later",
        StageStanding.UnderWay => "Under way",
        StageStanding.OnHold => "On hold",
        StageStanding.Approved => "Approved",
        StageStanding.Denied => "Denied",
        StageStanding.Completed => "Completed",
        StageStanding.TimeRanOut => "Time ran out",
        StageStanding.NotNeeded => "Not needed for this proposal",
        StageStanding.Stopped => "Stopped",
        StageStanding.NotReached => "Not reached",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "Nobody has said what this is called."),
    };

    public static string Of(OutcomeKind kind) => Of(ProposalStatuses.Of(kind));

    public static string Of(ProposalStatus status) => status switch
    {
        ProposalStatus.NeedsCorrection => "Needs correction",
        ProposalStatus.InReview => "In review",
        ProposalStatus.Approved => "Approved",
        ProposalStatus.Denied => "Denied",
        ProposalStatus.Expired => "Expired",
        ProposalStatus.Withdrawn => "Withdrawn",
        ProposalStatus.Duplicate => "Duplicate",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Nobody has said what this is called."),
    };

    /// <summary>After "Before the edit:", which comes first, so that nobody takes it for an answer that counts.</summary>
    static string Lower(Choice choice) => SheetLine.Word(choice).ToLowerInvariant();
}
