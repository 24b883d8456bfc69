using System.Globalization;

namespace FormsFlow.Server.Watching;

/// <summary>Where traces and metrics go, from the settings under <c>Telemetry</c>.</summary>
/// <param name="Endpoint">Of a collector that takes OTLP over HTTP, without <c>/v1/…</c>.</param>
/// <param name="Headers">As <c>name=value</c>, separated by commas: often the key of a service. A secret.</param>
/// <param name="Every">How often metrics are sent.</param>
public sealed record OtlpOptions(Uri Endpoint, string? Headers, TimeSpan Every)
{
    public const string Section = "Telemetry";

    /// <returns>Null if telemetry is off, which it is until an endpoint is set.</returns>
    public static OtlpOptions? Read(IConfiguration configuration, List<string> problems)
    {
        var section = configuration.GetSection(Section);
        var text = section["Otlp:Endpoint"];
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (!Uri.TryCreate(text.Trim().TrimEnd('/') + "/", UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            problems.Add($"Telemetry:Otlp:Endpoint is '{text}'; it should be the address of a collector that takes OTLP over HTTP, such as http://localhost:4318, or be left out.");
            return null;
        }

        var seconds = 60;
        if (section["Otlp:EverySeconds"] is { Length: > 0 } every && (!int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds is < 1 or > 3600))
            problems.Add($"Telemetry:Otlp:EverySeconds is '{every}'; it should be a whole number from 1 to 3600.");
        return new OtlpOptions(endpoint, section["Otlp:Headers"], TimeSpan.FromSeconds(seconds));
    }
}
