using FormsFlow.Application.Running;
using FormsFlow.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Functions.Orchestration;

/// <summary>What a nudge has done for it.</summary>
/// <param name="tick">Made only once the settings are whole.</param>
public sealed class NudgeActivities(AzureSettings settings, Func<Tick> tick, DurableProcessEngine engine, ILogger<NudgeActivities> logger)
{
    /// <returns>False if another process had a form's turn.</returns>
    [Function(nameof(TickNow))]
    public async Task<bool> TickNow([ActivityTrigger] string? nothing, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        engine.Use(client);
        return !await settings.AreWholeAsync(logger, cancellationToken) || await tick().RunAsync(cancellationToken);
    }
}
