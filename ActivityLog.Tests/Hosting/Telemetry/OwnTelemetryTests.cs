using System.Globalization;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;

namespace ActivityLog.Tests.Hosting.Telemetry;

public sealed class OwnTelemetryTests
{
    [Fact]
    public async Task Metrics_FromTheMachineItself_TellWhatCameIn()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        await app.PostRecordingAsync("json", RecordingOrder.Recorded, await app.CreateTokenAsync(await app.CreateSystemAsync()));
        using var client = app.CreateClient();

        var text = await client.GetStringAsync("/metrics");

        text.ShouldContain("activitylog_ingest_records_total{");
        text.ShouldContain("activitylog_ingest_spool_bytes");
        text.ShouldContain("activitylog_ingest_spool_set_aside");
        text.ShouldContain("http_server_request_duration_seconds_bucket{");
        text.ShouldContain("dotnet_gc_");
    }

    [Fact]
    public async Task Metrics_PassedOnByAProxy_AreNotThere()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        using var response = await client.GetAsync("/metrics");

        ((int)response.StatusCode).ShouldBe(404);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("activitylog_");
    }

    [Fact]
    public async Task Endpoint_IsSet_GetsMetricsAndSpansButNoneOfWhatSendersSend()
    {
        using var collector = new OtlpCollector();
        int port, grpcPort;
        var settings = ActivityLogApp.WithGrpc();
        settings["ActivityLog:Telemetry:Endpoint"] = collector.Endpoint;
        settings["ActivityLog:Telemetry:Headers"] = "x-key=secret";
        await using (var app = await ActivityLogApp.StartAsync(StorageEngine.Postgres, settings))
        {
            (port, grpcPort) = (app.BaseAddress.Port, app.GrpcPort);
            var token = await app.CreateTokenAsync(await app.CreateSystemAsync());
            await app.PostRecordingAsync("json", RecordingOrder.Recorded, token);
            await app.PostRecordingAsync("grpc", RecordingOrder.Recorded, token);
            using var client = app.CreateClient();
            using var mistyped = await client.PostAsync("/v1/nothing", null);
        }

        // What waited was sent at its end.
        collector.Requests.ShouldAllBe(static request => request.Header == "secret");
        // Other tests in this process are traced with it.
        var spans = Bodies(collector, "/v1/traces").Select(ExportTraceServiceRequest.Parser.ParseFrom)
            .SelectMany(static request => request.ResourceSpans).SelectMany(static resource => resource.ScopeSpans).SelectMany(static scope => scope.Spans)
            .ToList();
        var requests = spans.Where(span => Value(span.Attributes, "server.port") == port.ToString(CultureInfo.InvariantCulture)).ToList();
        requests.Select(static span => Value(span.Attributes, "url.path")).Distinct().ShouldContain("/api/v1/systems");
        requests.ShouldAllBe(static span => !Value(span.Attributes, "url.path")!.StartsWith("/v1") && !Value(span.Attributes, "url.path")!.Contains("otlp"));
        // A call that was told would be its own request, or name its service.
        spans.ShouldNotContain(span => Value(span.Attributes, "server.port") == grpcPort.ToString(CultureInfo.InvariantCulture));
        spans.ShouldNotContain(static span => span.Name.Contains("opentelemetry.proto.collector", StringComparison.Ordinal));
        var ids = requests.Select(static span => span.SpanId).ToHashSet();
        spans.ShouldContain(span => ids.Contains(span.ParentSpanId), "no statement of a request");

        var metrics = Bodies(collector, "/v1/metrics").Select(ExportMetricsServiceRequest.Parser.ParseFrom)
            .SelectMany(static request => request.ResourceMetrics).ToList();
        metrics.SelectMany(static resource => resource.ScopeMetrics).SelectMany(static scope => scope.Metrics).Select(static metric => metric.Name)
            .ShouldContain("activitylog.ingest.records");
        Value(metrics[0].Resource.Attributes, "service.name").ShouldBe("activitylog");
    }

    private static IEnumerable<byte[]> Bodies(OtlpCollector collector, string path) =>
        collector.Requests.Where(request => request.Path == path).Select(static request => request.Body);

    private static string? Value(IEnumerable<KeyValue> attributes, string key) => attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value is { } value
        ? value.ValueCase == AnyValue.ValueOneofCase.IntValue ? value.IntValue.ToString(CultureInfo.InvariantCulture) : value.StringValue
        : null;
}
