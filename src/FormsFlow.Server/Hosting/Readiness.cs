using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FormsFlow.Server.Hosting;

/// <summary>Ready: the store answers, and nothing is in <see cref="Troubles"/>.</summary>
sealed class Readiness(IProposalStore store, Troubles troubles) : IHealthCheck
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

        // Pages and mails go on without a sheet: degraded, and 200, is what a load balancer should see.
        return troubles.Current is { Count: > 0 } current
            ? HealthCheckResult.Degraded(string.Join(Environment.NewLine, current.Select(trouble => $"{trouble.Key}: {trouble.Message}")))
            : HealthCheckResult.Healthy();
    }
}
