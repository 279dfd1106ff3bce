using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ActivityLog.Tests.Otlp.Clients;

/// <summary>What the .NET SDK of OpenTelemetry exports, with its own exporter over the network, is stored to the last record.</summary>
public abstract class OpenTelemetrySdkTests(AppFixture fixture)
{
    private const string Service = "dotnet-agent";

    private readonly ActivityLogApp _app = fixture.App;

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task Logs_ManyRecords_AreAllStored(OtlpExportProtocol protocol)
    {
        const int Count = 1200;
        var (systemId, token) = await CreateAsync();

        using (var loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(ResourceBuilder.CreateDefault().AddService(Service));
            options.AddOtlpExporter(exporter => Configure(exporter, protocol, "logs", token));
        })))
        {
            var logger = loggers.CreateLogger("agent.work");
            for (var i = 0; i < Count; i++)
            {
                Log(logger, i % 3 == 0 ? LogLevel.Error : LogLevel.Information, i);
            }
        }

        (await CountAsync(systemId, $"type=log&serviceName={Service}&metric=count(),distinct(metadata.Number)")).ShouldBe([Count, Count]);
        (await CountAsync(systemId, "type=log&level=error&metric=count()")).ShouldBe([Count / 3]);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task Traces_CallsWithinWork_AreAllStoredWithTheirUse(OtlpExportProtocol protocol)
    {
        const int Calls = 300;
        var (systemId, token) = await CreateAsync();
        using var source = new ActivitySource($"agent {Guid.NewGuid()}");

        using (Sdk.CreateTracerProviderBuilder().AddSource(source.Name).ConfigureResource(static resource => resource.AddService(Service))
            .AddOtlpExporter(exporter => Configure(exporter, protocol, "traces", token)).Build())
        {
            for (var i = 0; i < Calls; i++)
            {
                using var work = source.StartActivity("work");
                using var call = source.StartActivity("chat", ActivityKind.Client);
                call!.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.provider.name", "anthropic").SetTag("gen_ai.request.model", "some-model")
                    .SetTag("gen_ai.response.id", $"msg_{i}").SetTag("gen_ai.usage.input_tokens", 10 + i).SetTag("gen_ai.usage.output_tokens", 3);
            }
        }

        (await CountAsync(systemId, "type=ai.generation&model=some-model&metric=count(),sum(inputTokens),sum(outputTokens)"))
            .ShouldBe([Calls, (10 * Calls) + (Calls * (Calls - 1) / 2), 3 * Calls]);
        (await CountAsync(systemId, "type=span&metric=count(),distinct(traceId)")).ShouldBe([Calls, Calls]);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Delta)]
    [InlineData(OtlpExportProtocol.Grpc, MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(OtlpExportProtocol.Grpc, MetricReaderTemporalityPreference.Delta)]
    public async Task Metrics_OfTwoRuns_AddUpToWhatWasCounted(OtlpExportProtocol protocol, MetricReaderTemporalityPreference temporality)
    {
        var (systemId, token) = await CreateAsync();

        for (var run = 0; run < 2; run++)
        {
            using var meter = new Meter($"agent {Guid.NewGuid()}");
            using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).ConfigureResource(static resource => resource.AddService(Service, autoGenerateServiceInstanceId: false))
                .AddView("answer.size", new Base2ExponentialBucketHistogramConfiguration())
                .AddOtlpExporter((exporter, reader) =>
                {
                    Configure(exporter, protocol, "metrics", token);
                    reader.TemporalityPreference = temporality;
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = int.MaxValue;
                }).Build();
            var calls = meter.CreateCounter<long>("calls");
            var cost = meter.CreateCounter<double>("cost", "USD");
            var waiting = meter.CreateUpDownCounter<int>("waiting");
            var duration = meter.CreateHistogram<double>("duration", "s");
            var size = meter.CreateHistogram<double>("answer.size", "By");
            meter.CreateObservableGauge("memory", () => 42);
            for (var export = 0; export < 3; export++)
            {
                calls.Add(5, new KeyValuePair<string, object?>("kind", "main"));
                calls.Add(2, new KeyValuePair<string, object?>("kind", "side"));
                cost.Add(0.25);
                waiting.Add(export == 2 ? -3 : 4);
                duration.Record(1.5);
                duration.Record(0.5);
                size.Record(1000);
                provider.ForceFlush().ShouldBeTrue();
            }

            // Nothing is counted between: a cumulative reader tells the same once more.
            provider.ForceFlush().ShouldBeTrue();
        }

        (await MetricAsync(systemId, "calls", "metadata.kind=main&metric=sum(value)")).ShouldBe([30]);
        (await MetricAsync(systemId, "calls", "metric=sum(value)")).ShouldBe([42]);
        (await MetricAsync(systemId, "cost", "metric=sum(value)")).ShouldBe([1.5]);
        (await MetricAsync(systemId, "waiting", "metric=sum(value)")).ShouldBe([10]);
        (await MetricAsync(systemId, "duration", "metric=sum(value),sum(observations)")).ShouldBe([12, 12]);
        (await MetricAsync(systemId, "answer.size", "metric=sum(value),sum(observations)")).ShouldBe([6000, 6]);
        (await MetricAsync(systemId, "memory", "metric=max(value),sum(observations)")).ShouldBe([42, 0]);
    }

    private static readonly Action<ILogger, int, Exception?> s_information = LoggerMessage.Define<int>(LogLevel.Information, new(1), "Did {Number}");
    private static readonly Action<ILogger, int, Exception?> s_error = LoggerMessage.Define<int>(LogLevel.Error, new(2), "Could not do {Number}");

    private static void Log(ILogger logger, LogLevel level, int number) => (level == LogLevel.Error ? s_error : s_information)(logger, number, null);

    private void Configure(OtlpExporterOptions exporter, OtlpExportProtocol protocol, string signal, string token)
    {
        exporter.Protocol = protocol;
        exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? new($"http://127.0.0.1:{_app.GrpcPort}") : new(_app.BaseAddress, $"/api/v1/otlp/v1/{signal}");
        exporter.Headers = $"Authorization=Bearer {token}";
    }

    private async Task<(Guid SystemId, string Token)> CreateAsync()
    {
        var systemId = await _app.CreateSystemAsync();
        return (systemId, await _app.CreateTokenAsync(systemId));
    }

    private Task<double[]> CountAsync(Guid systemId, string query) => NumbersAsync($"/api/v1/messages/aggregate?systemId={systemId}&{query}");

    private Task<double[]> MetricAsync(Guid systemId, string name, string query) => NumbersAsync($"/api/v1/metrics/aggregate?systemId={systemId}&name={name}&{query}");

    private async Task<double[]> NumbersAsync(string path)
    {
        await _app.SettleAsync();
        using var api = await _app.LoginAsync();
        var answer = await api.GetStringAsync(path);
        var row = JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
        return [.. row.EnumerateObject().Select(static field => field.Value.GetDouble())];
    }
}

public sealed class SqliteOpenTelemetrySdkTests(SqliteAppFixture fixture) : OpenTelemetrySdkTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresOpenTelemetrySdkTests(PostgresAppFixture fixture) : OpenTelemetrySdkTests(fixture), IClassFixture<PostgresAppFixture>;
