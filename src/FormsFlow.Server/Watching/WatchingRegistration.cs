using FormsFlow.Application.Running;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FormsFlow.Server.Watching;

static class WatchingRegistration
{
    /// <summary>Sends traces and metrics to a collector. Without options nothing of it is loaded.</summary>
    public static IServiceCollection AddWatching(this IServiceCollection services, OtlpOptions? options)
    {
        if (options is null) return services;
        services.AddSingleton(options).AddHostedService<Figures>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("formsflow", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)))
            .WithTracing(tracing => tracing
                .AddSource(Telemetry.Name)
                .AddAspNetCoreInstrumentation(web => web.Filter = context => !IsProbe(context.Request.Path))
                .AddProcessor(new TokenScrubber())
                .AddOtlpExporter(otlp => Configure(otlp, options, "v1/traces")))
            .WithMetrics(metrics => metrics
                .AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime")
                .AddOtlpExporter((otlp, reader) =>
                {
                    Configure(otlp, options, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Every.TotalMilliseconds;
                }));
        return services;
    }

    static void Configure(OtlpExporterOptions otlp, OtlpOptions options, string path)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri(options.Endpoint, path);
        if (!string.IsNullOrWhiteSpace(options.Headers)) otlp.Headers = options.Headers;
    }

    /// <summary>Somebody asks every few seconds whether the server lives; nobody wants to read of it.</summary>
    static bool IsProbe(PathString path) => path.StartsWithSegments("/healthz", StringComparison.Ordinal) || path.StartsWithSegments("/readyz", StringComparison.Ordinal);
}
