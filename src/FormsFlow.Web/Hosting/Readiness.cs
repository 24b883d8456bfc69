using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FormsFlow.Web.Hosting;

/// <summary>Ready: the store answers, and nothing in the installation needs a hand.</summary>
public sealed class Readiness(IPresentTroubles troubles, IEnumerable<IStoreCondition> conditions) : IHealthCheck
{
    /// <summary>In the result's data: what is present, as <see cref="IReadOnlyList{T}"/> of <see cref="Trouble"/>.</summary>
    public const string Troubles = "troubles";

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
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { [Troubles] = present };
        return present.All(trouble => trouble.Passes) ? HealthCheckResult.Degraded(lines, data: data) : HealthCheckResult.Unhealthy(lines, data: data);
    }

    /// <summary>Anybody may ask: what exactly happened stands in the log, and in the administrators' mail.</summary>
    static string Line(Trouble trouble) =>
        string.Create(CultureInfo.InvariantCulture, $"{trouble.Key}: {(trouble.Passes ? "away for now" : "needs a hand")} since {trouble.Since:u}");
}
