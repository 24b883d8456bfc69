using FormsFlow.Application.Running;
using FormsFlow.Functions.Orchestration;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FormsFlow.Functions;

/// <summary>Looks at the sheets at the times of the setting <c>PollSchedule</c>, and at what is late.</summary>
public sealed class PollResponses(Tick tick, DurableProcessEngine engine)
{
    [Function(nameof(PollResponses))]
    public Task RunAsync(
        [TimerTrigger("%PollSchedule%", RunOnStartup = false, UseMonitor = true)] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        engine.Use(client);
        return tick.RunAsync(cancellationToken);
    }
}
