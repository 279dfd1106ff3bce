using ActivityLog.Ingest.Monitoring;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ActivityLog.Web.Hosting.Telemetry;

/// <summary>The process's own metrics, at <c>/metrics</c> always, and by OTLP with its traces where an endpoint is set.</summary>
internal static class TelemetrySetup
{
    public const string MetricsPath = "/metrics";

    // A collector that doesn't answer must not hold up the end of the process.
    private const int TimeoutMilliseconds = 5_000;

    private static readonly string[] s_meters =
        [IngestMonitor.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components.Server.Circuits", "Npgsql", "System.Runtime"];

    private static readonly string[] s_sources = ["Microsoft.AspNetCore", "Npgsql"];

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        // The spans of requests then bear method, route and status.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<MetricsAccess>();
        builder.Services.AddSingleton(static provider => BuildMeters(provider.GetRequiredService<IOptions<TelemetryOptions>>().Value));
        builder.Services.AddSingleton<OwnTraces>();
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<OwnTraces>());
        return builder;
    }

    public static void MapMetricsPage(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint(
            MetricsPath,
            app.Services.GetRequiredService<MeterProvider>(),
            static branch => branch.Use(static (context, next) =>
            {
                if (context.RequestServices.GetRequiredService<MetricsAccess>().Allows(context))
                {
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }),
            optionsName: null).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Collects spans for an endpoint.</summary>
    public static TracerProvider BuildTraces(TelemetryOptions options) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource)
        .SetSampler(new RequestSampler())
        .AddSource(s_sources)
        .AddOtlpExporter(exporter => Configure(exporter, options, "traces"))
        .Build();

    private static MeterProvider BuildMeters(TelemetryOptions options)
    {
        var builder = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource).AddMeter(s_meters).AddPrometheusExporter();
        if (options.Endpoint is not null)
        {
            builder.AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, options, "metrics");
                reader.TemporalityPreference = MetricReaderTemporalityPreference.Cumulative;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.IntervalSeconds * 1000;
                reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = TimeoutMilliseconds;
            });
        }

        return builder.Build();
    }

    // Each from the options, and none from the environment.
    private static void Configure(OtlpExporterOptions exporter, TelemetryOptions options, string signal)
    {
        exporter.Protocol = options.ExportProtocol;
        exporter.Endpoint = options.EndpointOf(signal);
        exporter.Headers = options.Headers;
        exporter.TimeoutMilliseconds = TimeoutMilliseconds;
    }

    private static ResourceBuilder Resource => ResourceBuilder.CreateEmpty().AddService(
        "activitylog", serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3), serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}");
}
