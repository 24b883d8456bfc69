using FormsFlow.Application.Running;
using FormsFlow.Functions.Hosting;
using FormsFlow.Functions.Orchestration;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Functions;

/// <summary>Looks at the sheets at the times of the setting <c>PollSchedule</c>, and at what is late.</summary>
/// <param name="tick">Made only once the settings are whole.</param>
public sealed class PollResponses(AzureSettings settings, Func<Tick> tick, DurableProcessEngine engine, TimeProvider time, ILogger<PollResponses> logger)
{
    [Function(nameof(PollResponses))]
    public async Task RunAsync(
        [TimerTrigger("%PollSchedule%", RunOnStartup = false, UseMonitor = true)] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        engine.Use(client);
        if (!await settings.AreWholeAsync(logger, cancellationToken)) return;
        await tick().RunAsync(cancellationToken);
        await engine.ForgetFinishedAsync(time.GetUtcNow(), cancellationToken);
    }
}
