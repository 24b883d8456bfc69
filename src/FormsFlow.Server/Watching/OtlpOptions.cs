using System.Globalization;
using FormsFlow.Application.Settings;

namespace FormsFlow.Server.Watching;

/// <summary>Where traces and metrics go.</summary>
/// <param name="Endpoint">Of a collector that takes OTLP over HTTP, without <c>/v1/…</c>.</param>
/// <param name="Headers">As <c>name=value</c>, separated by commas: often the key of a service. A secret.</param>
/// <param name="Every">How often metrics are sent.</param>
public sealed record OtlpOptions(Uri Endpoint, string? Headers, TimeSpan Every)
{
    const string Name = $"{TelemetryOptions.Section}:{nameof(TelemetryOptions.Otlp)}";

    /// <returns>Null if telemetry is off, which it is until an endpoint is set.</returns>
    public static OtlpOptions? Read(IConfiguration configuration, List<string> problems)
    {
        var texts = configuration.GetSection(Name).Get<OtlpTexts>() ?? new OtlpTexts();
        if (string.IsNullOrWhiteSpace(texts.Endpoint)) return null;
        if (!HttpAddress.TryRead(texts.Endpoint.Trim().TrimEnd('/') + "/", out var endpoint) || endpoint.UserInfo.Length > 0)
        {
            problems.Add($"{Name}:Endpoint is '{ShownAddress.Of(texts.Endpoint)}'; it should be the address of a collector that takes OTLP over HTTP, such as http://localhost:4318, or be left out. A key belongs into {Name}:Headers.");
            return null;
        }

        var seconds = 60;
        if (!string.IsNullOrWhiteSpace(texts.EverySeconds) && (!int.TryParse(texts.EverySeconds.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds is < 1 or > 3600))
            problems.Add($"{Name}:EverySeconds is '{texts.EverySeconds}'; it should be a whole number from 1 to 3600.");
        if (!string.IsNullOrWhiteSpace(texts.Headers) && OtlpHeaders.Problem(texts.Headers) is { } problem)
            problems.Add($"{Name}:Headers {problem}; it should be name=value, several separated by commas, such as x-api-key=\u2026, or be left out.");
        return new OtlpOptions(endpoint, texts.Headers, TimeSpan.FromSeconds(seconds));
    }
}
