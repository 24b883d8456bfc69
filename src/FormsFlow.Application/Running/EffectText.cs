using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Running;

/// <summary>Effects in plain words, for the people who have to fix what failed. Never an address.</summary>
public static class EffectText
{
    public static string Describe(Effect effect) => effect switch
    {
        Effect.RequestReview e => $"the review request to {e.To.Display} ({e.Role})",
        Effect.RemindReviewer e => $"the reminder to {e.To.Display} ({e.Role})",
        Effect.RequestConfirmation e => $"the request to {e.To.Display} to confirm an answer ({e.Role})",
        Effect.Escalate e => $"the escalation to {e.To.Display}",
        Effect.AcknowledgeResponse => "the acknowledgement to the sponsor",
        Effect.AcknowledgeEdit => "the acknowledgement of an edit to the sponsor",
        Effect.RequestCorrection => "the request for correction to the sponsor",
        Effect.RemindSponsor => "the reminder to the sponsor to correct the response",
        Effect.TellSponsorOutcome => "the outcome to the sponsor",
        Effect.TellReviewerOutcome e => $"the outcome to {e.To.Display} ({e.Role})",
        Effect.TellAdministrator e => $"the notice to the administrator {e.To.Display}",
        _ => throw new InvalidOperationException($"Nobody has said how {effect.GetType().Name} is described."),
    };

    /// <summary>What an effect's id tells of it, where the effect itself is long done.</summary>
    public static string DescribeId(string effectId) => effectId.Split('/') switch
    {
        [_, "request-review", var role, _] => $"the review request ({role})",
        [_, "remind-reviewer", var role, _] => $"the reminder ({role})",
        [_, "request-confirmation", var role, _] => $"the request to confirm an answer ({role})",
        [_, "escalate", ..] => "the escalation",
        [_, "acknowledge-response", _] => "the acknowledgement to the sponsor",
        [_, "acknowledge-edit", _] => "the acknowledgement of an edit to the sponsor",
        [_, "request-correction", _] => "the request for correction to the sponsor",
        [_, "remind-sponsor", _] => "the reminder to the sponsor to correct the response",
        [_, "tell-sponsor-outcome", _] => "the outcome to the sponsor",
        [_, "tell-reviewer-outcome", var role, _] => $"the outcome ({role})",
        [_, "tell-administrator", ..] => "the notice to an administrator",
        _ => "a mail",
    };
}
