namespace FormsFlow.Server.Watching;

/// <summary>The settings under <c>Telemetry</c>, as they are written: texts. <see cref="OtlpOptions"/> understands them.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    public OtlpTexts Otlp { get; set; } = new();
}

/// <summary>Where OpenTelemetry's traces and metrics go.</summary>
public sealed class OtlpTexts
{
    /// <summary>A collector that takes OTLP over HTTP, without <c>/v1/…</c>. Default: none, and nothing is sent.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>name=value</c>, separated by commas: often the key of a service. A secret.</summary>
    public string? Headers { get; set; }

    /// <summary>Seconds between two sendings of metrics, 1 to 3600. Default: 60.</summary>
    public string? EverySeconds { get; set; }
}
