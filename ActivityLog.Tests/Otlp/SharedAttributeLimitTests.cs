using System.Net;
using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Tests.Otlp;

/// <summary>What a resource says costs what it is long, not that times the scopes and sessions below it.</summary>
public sealed class SharedAttributeLimitTests
{
    private const int Scopes = 2_000;
    private const long Plenty = 150_000_000;

    public static TheoryData<string, string> Routes => new()
    {
        { "Logs", "Protobuf" }, { "Traces", "Protobuf" }, { "Metrics", "Protobuf" }, { "Logs", "Json" }, { "Traces", "Json" }, { "Metrics", "Json" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public void Map_ManyScopesOfALargeResource_KeepsWhatItSaysOnce(string signal, string encoding)
    {
        var request = Request(signal, Large(), Scopes, static (_, _) => []);

        var sets = SetsOf(signal, encoding, request);

        sets.Count.ShouldBe(Scopes);
        sets.Distinct(ReferenceEqualityComparer.Instance).Count().ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Post_ManySessionsOfALargeResource_Is413AndNothingOfItIsStored(string signal, string encoding)
    {
        await using var host = await OtlpHost.StartAsync();
        var request = Request(signal, Large(), Scopes, static (_, i) => Build.Attributes("session.id", $"session {i}"));

        using var response = await PostAsync(host, signal, encoding, request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await OtlpHost.ErrorOfAsync(response)).ShouldContain("MaxRequestSharedCharacters");
        host.Store.Appends.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Post_ManyNamedScopesOfALargeResource_Is413(string signal, string encoding)
    {
        await using var host = await OtlpHost.StartAsync();
        var request = Request(signal, Large(), Scopes, static (scope, i) =>
        {
            scope.Name = $"scope {i}";
            return [];
        });

        using var response = await PostAsync(host, signal, encoding, request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Map_ManyScopesWithoutRecordsOfAResourceOfManyAttributes_TakesNothingForEach(string signal, string encoding)
    {
        var request = Request(signal, [.. Enumerable.Range(0, Scopes).Select(static i => Build.Attributes($"key {i}", "")[0])], 0, static (_, _) => []);
        AddEmptyScopes(request, Scopes);

        AllocatedBy(signal, encoding, request).ShouldBeLessThan(Plenty);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Map_ManyScopesOfAResourceOfManyAttributes_WorksThemOutOnce(string signal, string encoding)
    {
        var request = Request(signal, [.. Enumerable.Range(0, Scopes).Select(static i => Build.Attributes($"key {i}", "")[0])], Scopes, static (_, _) => []);

        AllocatedBy(signal, encoding, request).ShouldBeLessThan(Plenty);
    }

    [Fact]
    public async Task Post_SessionsOfALargeResource_CountForTheTokenAsMuchAsTheyMake()
    {
        await using var host = await OtlpHost.StartAsync();
        host.Tokens.Limits = new(RecordsPerSecond: null, BytesPerDay: 5_000_000);
        var request = Request("Logs", Large(), 20, static (_, i) => Build.Attributes("session.id", $"session {i}"));

        using var first = await PostAsync(host, "Logs", "Protobuf", request);
        using var second = await PostAsync(host, "Logs", "Protobuf", request);

        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.TooManyRequests));
    }

    private static KeyValue[] Large() => Build.Attributes("large", new string('x', 200_000));

    // One resource with so many scopes, each with one record.
    private static IMessage Request(string signal, KeyValue[] resource, int scopes, Func<InstrumentationScope, int, KeyValue[]> fill)
    {
        var above = new Resource { Attributes = { resource } };
        var below = Enumerable.Range(0, scopes).Select(i =>
        {
            var scope = new InstrumentationScope();
            return (Scope: scope, Attributes: fill(scope, i), Time: Build.Noon + (ulong)i);
        }).ToList();
        return signal switch
        {
            "Logs" => new ExportLogsServiceRequest
            {
                ResourceLogs =
                {
                    new ResourceLogs
                    {
                        Resource = above,
                        ScopeLogs = { below.Select(static one => new ScopeLogs { Scope = one.Scope, LogRecords = { new LogRecord { TimeUnixNano = one.Time, Attributes = { one.Attributes } } } }) },
                    },
                },
            },
            "Traces" => new ExportTraceServiceRequest
            {
                ResourceSpans =
                {
                    new ResourceSpans
                    {
                        Resource = above,
                        ScopeSpans = { below.Select(static one => new ScopeSpans { Scope = one.Scope, Spans = { new Span { StartTimeUnixNano = one.Time, Attributes = { one.Attributes } } } }) },
                    },
                },
            },
            _ => new ExportMetricsServiceRequest
            {
                ResourceMetrics =
                {
                    new ResourceMetrics
                    {
                        Resource = above,
                        ScopeMetrics = { below.Select(static one => new ScopeMetrics { Scope = one.Scope, Metrics = { Gauge(one.Time, one.Attributes) } }) },
                    },
                },
            },
        };
    }

    private static Metric Gauge(ulong time, KeyValue[] attributes) =>
        new() { Name = "gauge", Gauge = new() { DataPoints = { new NumberDataPoint { TimeUnixNano = time, AsInt = 1, Attributes = { attributes } } } } };

    private static void AddEmptyScopes(IMessage request, int scopes)
    {
        for (var i = 0; i < scopes; i++)
        {
            (request as ExportLogsServiceRequest)?.ResourceLogs[0].ScopeLogs.Add(new ScopeLogs());
            (request as ExportTraceServiceRequest)?.ResourceSpans[0].ScopeSpans.Add(new ScopeSpans());
            (request as ExportMetricsServiceRequest)?.ResourceMetrics[0].ScopeMetrics.Add(new ScopeMetrics());
        }
    }

    private static byte[] Body(string encoding, IMessage request) => encoding == "Json" ? OtlpJson.Of(request) : request.ToByteArray();

    private static List<AttributeSet> SetsOf(string signal, string encoding, IMessage request)
    {
        var mapped = Mapped.Map(Enum.Parse<OtlpSignal>(signal), Body(encoding, request), Enum.Parse<OtlpEncoding>(encoding));
        return [.. mapped.Messages.Select(static message => message.Attributes), .. mapped.Points.Select(static point => point.Attributes)];
    }

    private static long AllocatedBy(string signal, string encoding, IMessage request)
    {
        var body = Body(encoding, request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Mapped.Map(Enum.Parse<OtlpSignal>(signal), body, Enum.Parse<OtlpEncoding>(encoding));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Task<HttpResponseMessage> PostAsync(OtlpHost host, string signal, string encoding, IMessage request) =>
        host.PostAsync($"/v1/{signal.ToLowerInvariant()}", Body(encoding, request), encoding == "Json" ? "application/json" : "application/x-protobuf");
}
