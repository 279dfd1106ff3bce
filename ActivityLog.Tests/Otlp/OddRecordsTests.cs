using System.Net.Http.Headers;
using System.Text.Json;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Tests.Otlp;

/// <summary>Records as no agent should send them, over the network and read through the API: each is stored, once.</summary>
public abstract class OddRecordsTests(AppFixture fixture)
{
    private const ulong Second = 1_000_000_000;

    private readonly ActivityLogApp _app = fixture.App;

    public static TheoryData<string, ulong> Times => new()
    {
        { "none", 0 },
        { "the first nanosecond", 1 },
        { "1970", 86_400 * Second },
        { "seconds taken for nanoseconds", 1_795_348_800 },
        { "1999", 946_684_799 * Second },
        { "2200", 7_258_118_400 * Second },
        { "beyond what a long holds", ulong.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Log_AtATimeThatNoClockSays_IsStoredOnceAtItsArrival(string what, ulong time)
    {
        var (systemId, token) = await CreateAsync();
        var before = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
        var request = Logs(new LogRecord { TimeUnixNano = time, Body = Build.Value(what) });

        await PostAsync("/v1/logs", request, token);
        var first = (await ListAsync(systemId, "")).ShouldHaveSingleItem();
        await PostAsync("/v1/logs", request, token);

        var stored = (await ListAsync(systemId, "")).ShouldHaveSingleItem();
        stored.GetRawText().ShouldBe(first.GetRawText());
        stored.GetProperty("conflict").GetBoolean().ShouldBeFalse();
        stored.GetProperty("body").GetString().ShouldBe(what);
        stored.GetProperty("occurredAt").GetDateTime().ShouldBeInRange(before, TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1));
        stored.GetProperty("metadata").TryGetProperty("time.unusable", out _).ShouldBe(time != 0);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Span_AtTimesThatNoClockSays_IsStoredOnce(string what, ulong time)
    {
        var (systemId, token) = await CreateAsync();
        var span = Build.Span(what);
        (span.StartTimeUnixNano, span.EndTimeUnixNano) = (time, time);
        var request = Spans(span);

        await PostAsync("/v1/traces", request, token);
        var first = (await ListAsync(systemId, "")).ShouldHaveSingleItem();
        await PostAsync("/v1/traces", request, token);

        var stored = (await ListAsync(systemId, "")).ShouldHaveSingleItem();
        stored.GetRawText().ShouldBe(first.GetRawText());
        stored.GetProperty("name").GetString().ShouldBe(what);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task DataPoint_AtATimeThatNoClockSays_IsRefusedAndItsNeighbourStored(string what, ulong time)
    {
        var (systemId, token) = await CreateAsync();
        var sum = new Sum
        {
            AggregationTemporality = AggregationTemporality.Delta,
            DataPoints = { new NumberDataPoint { TimeUnixNano = time, AsInt = 5 }, new NumberDataPoint { TimeUnixNano = Build.Noon, AsInt = 2 } },
        };
        var request = new ExportMetricsServiceRequest { ResourceMetrics = { new ResourceMetrics { ScopeMetrics = { new ScopeMetrics { Metrics = { new Metric { Name = "odd", Sum = sum } } } } } } };

        using var http = _app.CreateClient();
        using var content = new ByteArrayContent(request.ToByteArray()) { Headers = { ContentType = new("application/x-protobuf") } };
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/metrics") { Content = content, Headers = { Authorization = new("Bearer", token) } };
        using var response = await http.SendAsync(message);

        var partial = ExportMetricsServiceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).PartialSuccess.ShouldNotBeNull(what);
        partial.RejectedDataPoints.ShouldBe(1);
        partial.ErrorMessage.ShouldContain("timeUnixNano");
        await _app.SettleAsync();
        using var api = await _app.LoginAsync();
        var answer = JsonSerializer.Deserialize<JsonElement>(await api.GetStringAsync($"/api/v1/metrics/aggregate?systemId={systemId}&name=odd&metric=sum(value)"));
        answer.GetProperty("rows").EnumerateArray().ShouldHaveSingleItem().GetProperty("sum(value)").GetDouble().ShouldBe(2);
    }

    [Fact]
    public async Task Span_ThatEndsBeforeItStarts_IsStoredWithoutADuration()
    {
        var (systemId, token) = await CreateAsync();
        var span = Build.Span("backwards");
        span.EndTimeUnixNano = span.StartTimeUnixNano - Second;

        await PostAsync("/v1/traces", Spans(span), token);

        (await ListAsync(systemId, "")).ShouldHaveSingleItem().GetProperty("durationMs").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Span_WhoseParentComesLaterOrNever_IsStoredAndFoundBelowIt()
    {
        var (systemId, token) = await CreateAsync();
        var (child, orphan, parent) = (Build.Span("child"), Build.Span("orphan"), Build.Span("parent"));
        child.SpanId = Id(1);
        orphan.SpanId = Id(2);
        child.ParentSpanId = parent.SpanId;
        orphan.ParentSpanId = Id(3);

        await PostAsync("/v1/traces", Spans(child, orphan), token);
        (await ListAsync(systemId, "")).Count.ShouldBe(2);
        await PostAsync("/v1/traces", Spans(parent), token);

        var all = await ListAsync(systemId, "");
        all.Count.ShouldBe(3);
        var id = all.Single(static one => one.GetProperty("name").GetString() == "parent").GetProperty("id").GetGuid();
        (await ItemsAsync($"/api/v1/messages/{id}/children")).ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("child");
    }

    [Theory]
    [InlineData("/v1/logs", "{}")]
    [InlineData("/v1/logs", """{"resourceLogs":[]}""")]
    [InlineData("/v1/logs", """{"resourceLogs":[{}]}""")]
    [InlineData("/v1/logs", """{"resourceLogs":[{"scopeLogs":[{}]},{"resource":{},"scopeLogs":[{"scope":{},"logRecords":[]}]}]}""")]
    [InlineData("/v1/traces", """{"resourceSpans":[{"scopeSpans":[{"spans":[]}]}]}""")]
    [InlineData("/v1/metrics", """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m"},{"name":"n","sum":{}},{"name":"o","histogram":{"dataPoints":[]}}]}]}]}""")]
    public async Task Request_WithoutARecord_IsTakenAndStoresNothing(string path, string json)
    {
        var (systemId, token) = await CreateAsync();

        (await PostAsync(path, System.Text.Encoding.UTF8.GetBytes(json), "application/json", token)).Replace(" ", "", StringComparison.Ordinal).ShouldBe("{}");

        (await ListAsync(systemId, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Request_OfARecordWithNothingInIt_StoresItOnce()
    {
        var (systemId, token) = await CreateAsync();

        await PostAsync("/v1/logs", Logs(new LogRecord()), token);
        await PostAsync("/v1/logs", Logs(new LogRecord()), token);

        (await ListAsync(systemId, "")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Request_OfTenThousandRecords_StoresThemAll()
    {
        const int Count = 10_000;
        var (systemId, token) = await CreateAsync();
        var logs = Logs([.. Enumerable.Range(0, Count).Select(static i => Build.Event("api_request", "session.id", $"s{i % 50}", "request_id", $"req_{i}", "model", "m", "input_tokens", i, "cost_usd", 0.001))]);
        var spans = Spans([.. Enumerable.Range(0, Count).Select(static i =>
        {
            var span = Build.Span("work", "number", i);
            span.SpanId = Id(i + 1);
            return span;
        })]);

        await PostAsync("/v1/logs", logs, token);
        await PostAsync("/v1/traces", spans, token);

        (await NumbersAsync(systemId, "type=ai.generation&metric=count(),sum(inputTokens),sum(costMicrocents),distinct(sessionId)"))
            .ShouldBe([Count, Count * (Count - 1) / 2, Count * 1000, 50]);
        (await NumbersAsync(systemId, "type=span&metric=count(),distinct(metadata.number)")).ShouldBe([Count, Count]);
    }

    [Fact]
    public async Task Attributes_OfEveryKind_AreKept()
    {
        var (systemId, token) = await CreateAsync();
        var map = new AnyValue { KvlistValue = new() { Values = { Build.Attributes("deep", new object[] { 1, "two", new object[] { 3.5, true } }) } } };
        var record = Build.Event("something", "nested", map, "list", new object[] { "a", 1, new byte[] { 1, 2 } }, "bytes", new byte[] { 0xFF, 0x00 }, "empty", new AnyValue(), "number", long.MinValue, "nan", double.NaN, "nul", "a\0b", "", "no name");

        await PostAsync("/v1/logs", Logs(record), token);

        var metadata = (await ListAsync(systemId, "")).ShouldHaveSingleItem().GetProperty("metadata");
        metadata.GetProperty("nested").GetRawText().ShouldBe("""{"deep":[1,"two",[3.5,true]]}""");
        metadata.GetProperty("list").GetRawText().ShouldBe("""["a",1,"AQI="]""");
        metadata.GetProperty("bytes").GetString().ShouldBe("/wA=");
        metadata.GetProperty("empty").ValueKind.ShouldBe(JsonValueKind.Null);
        metadata.GetProperty("number").GetInt64().ShouldBe(long.MinValue);
        metadata.GetProperty("nan").GetString().ShouldBe("NaN");
        metadata.GetProperty("nul").GetString().ShouldBe("a\uFFFDb");
    }

    [Fact]
    public async Task Attribute_OfAMegabyte_IsKeptToTheLimitAndMarkedAsCutAmongNeighboursThatAreWhole()
    {
        var (systemId, token) = await CreateAsync();
        var long1 = Build.Event("long", "text", new string('x', 1024 * 1024), "small", "whole");
        var long2 = Build.Event("list", "values", Enumerable.Range(0, 100_000).Select(static i => (object)$"value {i}").ToArray());
        var good = Build.Event("good", "text", "whole");

        await PostAsync("/v1/logs", Logs(long1, long2, good), token);

        var stored = (await ListAsync(systemId, "")).ToDictionary(static one => one.GetProperty("name").GetString()!, static one => one.GetProperty("metadata"));
        stored["long"].GetProperty("text").GetString()!.Length.ShouldBeInRange(100_000, 262_144);
        stored["long"].GetProperty("small").GetString().ShouldBe("whole");
        stored["long"].GetProperty("attributes.cut").EnumerateArray().Select(static name => name.GetString()).ShouldBe(["text"]);
        stored["list"].GetProperty("attributes.cut").EnumerateArray().Select(static name => name.GetString()).ShouldBe(["values"]);
        stored["good"].GetProperty("text").GetString().ShouldBe("whole");
        stored["good"].TryGetProperty("attributes.cut", out _).ShouldBeFalse();
    }

    private static ByteString Id(long id) => ByteString.CopyFrom(BitConverter.GetBytes(id));

    private static ExportLogsServiceRequest Logs(params LogRecord[] records)
    {
        var request = Build.Logs([], "scope", new LogRecord());
        request.ResourceLogs[0].ScopeLogs[0].LogRecords.Clear();
        request.ResourceLogs[0].ScopeLogs[0].LogRecords.AddRange(records);
        return request;
    }

    private static ExportTraceServiceRequest Spans(params Span[] spans)
    {
        var request = Build.Spans([], "scope", new Span());
        request.ResourceSpans[0].ScopeSpans[0].Spans.Clear();
        request.ResourceSpans[0].ScopeSpans[0].Spans.AddRange(spans);
        return request;
    }

    private async Task<(Guid SystemId, string Token)> CreateAsync()
    {
        var systemId = await _app.CreateSystemAsync(plan: "Enterprise");
        return (systemId, await _app.CreateTokenAsync(systemId));
    }

    private async Task PostAsync(string path, IMessage request, string token) =>
        (await PostAsync(path, request.ToByteArray(), "application/x-protobuf", token)).ShouldBeEmpty();

    private async Task<string> PostAsync(string path, byte[] body, string contentType, string token)
    {
        using var http = _app.CreateClient();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { Authorization = new("Bearer", token) } };
        using var response = await http.SendAsync(message);
        var answer = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, answer);
        return answer;
    }

    private Task<List<JsonElement>> ListAsync(Guid systemId, string query) => ItemsAsync($"/api/v1/messages?systemId={systemId}&take=200{query}");

    private async Task<List<JsonElement>> ItemsAsync(string path)
    {
        await _app.SettleAsync();
        using var api = await _app.LoginAsync();
        return [.. JsonSerializer.Deserialize<JsonElement>(await api.GetStringAsync(path)).GetProperty("items").EnumerateArray()];
    }

    private async Task<double[]> NumbersAsync(Guid systemId, string query)
    {
        await _app.SettleAsync();
        using var api = await _app.LoginAsync();
        var answer = await api.GetStringAsync($"/api/v1/messages/aggregate?systemId={systemId}&{query}");
        var row = JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
        return [.. row.EnumerateObject().Select(static field => field.Value.GetDouble())];
    }
}

public sealed class SqliteOddRecordsTests(SqliteAppFixture fixture) : OddRecordsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresOddRecordsTests(PostgresAppFixture fixture) : OddRecordsTests(fixture), IClassFixture<PostgresAppFixture>;
