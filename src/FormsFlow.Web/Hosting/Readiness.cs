using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FormsFlow.Web.Hosting;

/// <summary>Ready: the store answers, and nothing in the installation needs a hand.</summary>
public sealed class Readiness(IPresentTroubles troubles, IEnumerable<IStoreCondition> conditions) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Trouble> present;
        try
        {
            present = await troubles.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("store: it cannot be read");
        }

        if (conditions.FirstOrDefault(condition => condition.Trouble is not null) is { } condition) return HealthCheckResult.Unhealthy($"store: {condition.Trouble}");
        if (present.Count == 0) return HealthCheckResult.Healthy();

        // Pages and mails go on without a sheet; but somebody has to come, and most monitors look at nothing but the status code.
        var lines = string.Join('\n', present.Select(Line));
        return present.All(trouble => trouble.Passes) ? HealthCheckResult.Degraded(lines) : HealthCheckResult.Unhealthy(lines);
    }

    /// <summary>Anybody may ask: what exactly happened stands in the log, and in the administrators' mail.</summary>
    static string Line(Trouble trouble) =>
        string.Create(CultureInfo.InvariantCulture, $"{trouble.Key}: {(trouble.Passes ? "away for now" : "needs a hand")} since {trouble.Since:u}");
}
