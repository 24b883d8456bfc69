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
        Effect.RequestCorrection => "the request for correction to the sponsor",
        Effect.RemindSponsor => "the reminder to the sponsor to correct the response",
        Effect.TellSponsorOutcome => "the outcome to the sponsor",
        Effect.TellReviewerOutcome e => $"the outcome to {e.To.Display} ({e.Role})",
        Effect.TellAdministrator e => $"the notice to the administrator {e.To.Display}",
        _ => throw new InvalidOperationException($"Nobody has said how {effect.GetType().Name} is described."),
    };
}
