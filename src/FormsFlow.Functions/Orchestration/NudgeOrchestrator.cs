using FormsFlow.Application.Running;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FormsFlow.Functions.Orchestration;

/// <summary>
/// A tick before its time. An orchestration of its own, because the process that took the nudge may be put to rest as soon as it has
/// answered, and because the host hears only what is logged within a function's call.
/// </summary>
public static class NudgeOrchestrator
{
    /// <summary>There is one at a time.</summary>
    public const string InstanceId = "nudge";

    /// <summary>The event that says: look again after this.</summary>
    public const string Again = "Again";

    /// <summary>From the end of one look to the next that somebody nudges for: twelve a minute are a fifth of the reads that Google allows an account.</summary>
    static readonly TimeSpan Distance = TimeSpan.FromSeconds(5);

    /// <summary>Another process's turn lapses after a while; whoever takes longer than three times that is at work and finds what is new.</summary>
    const int MostAttempts = 4;

    [Function(nameof(NudgeOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        // What is new may have come in after the look: whoever nudges meanwhile, however many, is served by one more.
        var again = context.WaitForExternalEvent<string?>(Again);
        for (var attempt = 1; !await context.CallActivityAsync<bool>(nameof(NudgeActivities.TickNow)) && attempt < MostAttempts; attempt++)
            await context.CreateTimer(TurnOptions.Lapsing.Lease, CancellationToken.None);
        await context.CreateTimer(Distance, CancellationToken.None);
        if (again.IsCompleted) context.ContinueAsNew(preserveUnprocessedEvents: false);
    }
}
