using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FormsFlow.Web.Hosting;

/// <summary>Ready: the store answers, and nothing is in <see cref="Troubles"/>.</summary>
public sealed class Readiness(IProposalStore store, Troubles troubles, IEnumerable<IStoreCondition> conditions) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.ReadNoteAsync("readiness", cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("store: it cannot be read");
        }

        if (conditions.FirstOrDefault(condition => condition.Trouble is not null) is { } condition) return HealthCheckResult.Unhealthy($"store: {condition.Trouble}");

        // Pages and mails go on without a sheet: degraded, and 200, is what a load balancer should see.
        return troubles.Current is { Count: > 0 } current
            ? HealthCheckResult.Degraded(string.Join('\n', current.Select(Line)))
            : HealthCheckResult.Healthy();
    }

    /// <summary>Anybody may ask: what exactly happened stands in the log, and in the administrators' mail.</summary>
    static string Line(Trouble trouble) =>
        string.Create(CultureInfo.InvariantCulture, $"{trouble.Key}: {(trouble.Passes ? "away for now" : "needs a hand")} since {trouble.Since:u}");
}
