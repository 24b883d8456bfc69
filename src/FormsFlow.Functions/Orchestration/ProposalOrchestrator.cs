using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FormsFlow.Functions.Orchestration;

/// <summary>
/// One orchestration for each proposal, whose id is the instance's: advance, perform, wait, and begin anew, so that its history stays
/// a few events long and a new release never meets an old one. It holds no rule.
/// </summary>
public static class ProposalOrchestrator
{
    /// <summary>The event that says: something may be to do. It carries nothing, and may get lost.</summary>
    public const string WakeUp = "WakeUp";

    /// <summary>What fails for longer than these attempts take, an hour or so, is tried again by the sweep.</summary>
    static readonly TaskOptions Retried = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 12, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(10)));

    [Function(nameof(ProposalOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        Round round;
        DateTime begun;
        bool hasNews;
        do
        {
            round = await context.CallActivityAsync<Round>(nameof(ProposalActivities.Advance), context.InstanceId, Retried);
            begun = context.CurrentUtcDateTime;
            context.SetCustomStatus(round.Standing);
            var news = await Task.WhenAll(round.Work.Select(work => context.CallActivityAsync<bool>(nameof(ProposalActivities.Perform), work, Retried)));
            hasNews = news.Contains(true);
        }
        while (hasNews);

        if (round.Finished) return;
        await WaitAsync(context, begun + round.Rest);
        context.ContinueAsNew();
    }

    static async Task WaitAsync(TaskOrchestrationContext context, DateTime? until)
    {
        using var lost = new CancellationTokenSource();
        var wakeUp = context.WaitForExternalEvent<string?>(WakeUp, lost.Token);
        var timer = until is { } at ? context.CreateTimer(at, lost.Token) : wakeUp;
        await Task.WhenAny(wakeUp, timer);
        lost.Cancel(); // not CancelAsync: an orchestrator may await nothing but what its context gives
    }
}
