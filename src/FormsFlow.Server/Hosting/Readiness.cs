using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FormsFlow.Server.Hosting;

/// <summary>Ready: the store answers, and every form's sheet can be used.</summary>
sealed class Readiness(IProposalStore store, FormCycle cycle) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.ReadNoteAsync("readiness", cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"The store cannot be read: {FailureText.Of(e)}");
        }

        // Pages and mails go on without the sheet: degraded, and 200, is what a load balancer should see.
        return cycle.Troubles.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Forms whose sheet cannot be used: {string.Join(", ", cycle.Troubles.Keys)}.");
    }
}
