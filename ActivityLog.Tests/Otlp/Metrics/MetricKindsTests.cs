using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Tests.Otlp.Grpc;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Metrics.V1;
using static OpenTelemetry.Proto.Metrics.V1.AggregationTemporality;

namespace ActivityLog.Tests.Otlp.Metrics;

/// <summary>Every kind of metric that OTLP has, over the network and read through the API: what adds up adds up, whichever way it is told.</summary>
public abstract class MetricKindsTests(AppFixture fixture)
{
    private const ulong Minute = 60_000_000_000;

    private readonly ActivityLogApp _app = fixture.App;

    [Theory]
    [InlineData("protobuf")]
    [InlineData("json")]
    [InlineData("grpc")]
    public async Task Post_EachKindLateRepeatedAndAcrossARestart_AddsUp(string transport)
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);

        await PostAsync(transport, token, Export(0, start: 0));
        await PostAsync(transport, token, Export(2, start: 0));
        await _app.RestartAsync();
        await PostAsync(transport, token, Export(1, start: 0));
        await PostAsync(transport, token, Export(2, start: 0));
        // The sender begins anew, and counts from nothing.
        await PostAsync(transport, token, Export(5, start: 4));

        // Told at minutes 0, 1, 2 and 5, as 1, 2, 3 and, anew, 1 times what a minute brings.
        (await SumsAsync(systemId, "sum.cumulative")).ShouldBe([40, 0]);
        (await SumsAsync(systemId, "sum.delta")).ShouldBe([40, 0]);
        (await SumsAsync(systemId, "sum.falling")).ShouldBe([-40, 0]);
        (await SumsAsync(systemId, "histogram.cumulative")).ShouldBe([6, 12]);
        (await SumsAsync(systemId, "histogram.delta")).ShouldBe([6, 12]);
        (await SumsAsync(systemId, "exponential.cumulative")).ShouldBe([6, 12]);
        (await SumsAsync(systemId, "exponential.withoutSum")).ShouldBe([0, 12]);
        (await SumsAsync(systemId, "summary")).ShouldBe([6, 12]);
        (await NumbersAsync(systemId, "gauge", "count(),min(value),max(value)")).ShouldBe([4, 21, 26]);
    }

    [Fact]
    public async Task Post_CumulativeThatFallsWithinItsStart_BeganAnew()
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);
        int[] told = [5, 9, 2, 3];

        for (var i = 0; i < told.Length; i++)
        {
            var at = (ulong)i;
            await PostAsync("protobuf", token, Request(
                new Metric { Name = "sum", Sum = new() { IsMonotonic = true, AggregationTemporality = Cumulative, DataPoints = { Number(0, at, told[i]) } } },
                new Metric { Name = "histogram", Histogram = new() { AggregationTemporality = Cumulative, DataPoints = { new HistogramDataPoint { StartTimeUnixNano = Time(0), TimeUnixNano = Time(at), Sum = told[i] * -1.5, Count = (ulong)told[i] } } } }));
        }

        (await SumsAsync(systemId, "sum")).ShouldBe([12, 0]);
        (await SumsAsync(systemId, "histogram")).ShouldBe([-18, 12]);
    }

    [Fact]
    public async Task Post_WithoutAStart_IsOneSeriesFromItsFirstPointOn()
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);

        for (ulong at = 1; at <= 3; at++)
        {
            var point = new NumberDataPoint { TimeUnixNano = Time(at), AsDouble = at * 10 };
            await PostAsync("json", token, Request(new Metric { Name = "sum", Sum = new() { IsMonotonic = true, AggregationTemporality = Cumulative, DataPoints = { point } } }));
        }

        (await SumsAsync(systemId, "sum")).ShouldBe([30, 0]);
    }

    [Fact]
    public async Task Post_TenThousandPoints_AreAllStored()
    {
        var systemId = await _app.CreateSystemAsync();
        var metric = new Metric { Name = "many", Sum = new() { AggregationTemporality = Delta } };
        metric.Sum.DataPoints.AddRange(Enumerable.Range(0, 10_000).Select(static i => Number(0, (ulong)i, 1, "worker", i % 100)));

        await PostAsync("protobuf", await _app.CreateTokenAsync(systemId), Request(metric));

        (await NumbersAsync(systemId, "many", "count(),sum(value),distinct(unit)")).ShouldBe([10_000, 10_000, 1]);
        (await NumbersAsync(systemId, "many&metadata.worker=7", "count()")).ShouldBe([100]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_IncrementsOfWhichSomeHaveNoSum_AreMeanAndLeastOfTheOthers(bool firstHasSum)
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);

        for (var at = 0; at < 4; at++)
        {
            var point = new HistogramDataPoint { StartTimeUnixNano = Time((ulong)at), TimeUnixNano = Time((ulong)at + 1), Count = 2 };
            if (at % 2 == 0 == firstHasSum)
            {
                point.Sum = firstHasSum ? 4 + (2 * at) : 3 + at;
            }

            await PostAsync("protobuf", token, Request(new Metric { Name = "size", Histogram = new() { AggregationTemporality = Delta, DataPoints = { point } } }));
        }

        (await NumbersAsync(systemId, "size", "avg(value),min(value),max(value),p50(value),sum(value),sum(observations)"))
            .ShouldBe(firstHasSum ? [6, 4, 8, 4, 12, 8] : [5, 4, 6, 4, 10, 8]);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 1, 3, 0, 2 })]
    [InlineData(new[] { 3, 2, 1, 0, 1 })]
    public async Task Post_CumulativeObservationsOfWhichSomeHaveNoSum_AddUpToTheLastSum(int[] order)
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);
        double?[] sums = [0, 10, null, 30];

        foreach (var at in order)
        {
            var point = new HistogramDataPoint { StartTimeUnixNano = Time(0), TimeUnixNano = Time((ulong)at + 1), Count = 2 * ((ulong)at + 1) };
            if (sums[at] is { } sum)
            {
                point.Sum = sum;
            }

            await PostAsync("protobuf", token, Request(new Metric { Name = "size", Histogram = new() { AggregationTemporality = Cumulative, DataPoints = { point } } }));
        }

        // What nobody told the sum of is no number among the others: 0, 10 and 20.
        (await NumbersAsync(systemId, "size", "sum(value),min(value),max(value),avg(value),sum(observations)")).ShouldBe([30, 0, 20, 10, 8]);
    }

    [Fact]
    public async Task Post_CumulativeObservationsThatBeginAnewWithoutASum_AddUpFromThere()
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);
        (double? Sum, ulong Count)[] told = [(10, 5), (null, 2), (30, 4)];

        foreach (var (at, (sum, count)) in told.Index())
        {
            var point = new HistogramDataPoint { StartTimeUnixNano = Time(0), TimeUnixNano = Time((ulong)at + 1), Count = count };
            if (sum is { } number)
            {
                point.Sum = number;
            }

            await PostAsync("protobuf", token, Request(new Metric { Name = "size", Histogram = new() { AggregationTemporality = Cumulative, DataPoints = { point } } }));
        }

        (await SumsAsync(systemId, "size")).ShouldBe([40, 9]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_ObservationsWithoutSums_HaveNoMean(bool isDelta)
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);
        for (ulong at = 1; at <= 2; at++)
        {
            var point = new HistogramDataPoint { StartTimeUnixNano = Time(isDelta ? at - 1 : 0), TimeUnixNano = Time(at), Count = isDelta ? 3 : 3 * at };
            await PostAsync("protobuf", token, Request(new Metric { Name = "size", Histogram = new() { AggregationTemporality = isDelta ? Delta : Cumulative, DataPoints = { point } } }));
        }

        await _app.SettleAsync();
        using var api = await _app.LoginAsync();
        var answer = await api.GetStringAsync($"/api/v1/metrics/aggregate?systemId={systemId}&name=size&metric=avg(value),min(value),p95(value),sum(value),sum(observations)");
        JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("rows")[0].EnumerateObject().Select(static field => field.Value.GetRawText())
            .ShouldBe(["null", "null", "null", "0", "6"]);
    }

    // A minute brings 10 of the sums, 3 observations of 1.5 together, and one degree.
    private static ExportMetricsServiceRequest Export(ulong minute, ulong start)
    {
        var told = (int)(minute - start) + (start == 0 ? 1 : 0);
        const ulong Count = 3;
        HistogramDataPoint Histogram(int times) =>
            new() { StartTimeUnixNano = Time(start), TimeUnixNano = Time(minute), Sum = 1.5 * times, Count = Count * (ulong)times };
        ExponentialHistogramDataPoint Exponential() =>
            new() { StartTimeUnixNano = Time(start), TimeUnixNano = Time(minute), Sum = 1.5 * told, Count = Count * (ulong)told };
        var withoutSum = Exponential();
        withoutSum.ClearSum();
        return Request(
            new Metric { Name = "sum.cumulative", Sum = new() { IsMonotonic = true, AggregationTemporality = Cumulative, DataPoints = { Number(start, minute, 10 * told) } } },
            new Metric { Name = "sum.delta", Sum = new() { IsMonotonic = true, AggregationTemporality = Delta, DataPoints = { Number(minute, minute, 10) } } },
            new Metric { Name = "sum.falling", Sum = new() { AggregationTemporality = Cumulative, DataPoints = { Number(start, minute, -10 * told) } } },
            new Metric { Name = "gauge", Gauge = new() { DataPoints = { Number(0, minute, 21 + (int)minute) } } },
            new Metric { Name = "histogram.cumulative", Histogram = new() { AggregationTemporality = Cumulative, DataPoints = { Histogram(told) } } },
            new Metric { Name = "histogram.delta", Histogram = new() { AggregationTemporality = Delta, DataPoints = { Histogram(1) } } },
            new Metric { Name = "exponential.cumulative", ExponentialHistogram = new() { AggregationTemporality = Cumulative, DataPoints = { Exponential() } } },
            new Metric { Name = "exponential.withoutSum", ExponentialHistogram = new() { AggregationTemporality = Cumulative, DataPoints = { withoutSum } } },
            new Metric { Name = "summary", Summary = new() { DataPoints = { new SummaryDataPoint { StartTimeUnixNano = Time(start), TimeUnixNano = Time(minute), Sum = 1.5 * told, Count = Count * (ulong)told } } } });
    }

    private static NumberDataPoint Number(ulong start, ulong minute, int value, params object[] attributes) =>
        new() { StartTimeUnixNano = Time(start), TimeUnixNano = Time(minute), AsInt = value, Attributes = { Build.Attributes(attributes) } };

    private static ulong Time(ulong minute) => Build.Noon + (minute * Minute);

    private static ExportMetricsServiceRequest Request(params Metric[] metrics) => new()
    {
        ResourceMetrics = { new ResourceMetrics { ScopeMetrics = { new ScopeMetrics { Scope = new() { Name = "agent" }, Metrics = { metrics } } } } },
    };

    private async Task PostAsync(string transport, string token, ExportMetricsServiceRequest request)
    {
        if (transport == "grpc")
        {
            using var grpc = new GrpcClient(_app.GrpcPort, token);
            var reply = await grpc.ExportAsync(OtlpSignal.Metrics, request.ToByteArray());
            (reply.Code, reply.Message?.Length).ShouldBe((0, 0), reply.Text);
            return;
        }

        using var http = _app.CreateClient();
        using var content = new ByteArrayContent(transport == "json" ? OtlpJson.Of(request) : request.ToByteArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(transport == "json" ? "application/json" : "application/x-protobuf");
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/metrics") { Content = content, Headers = { Authorization = new("Bearer", token) } };
        using var response = await http.SendAsync(message);
        ((int)response.StatusCode).ShouldBe(200);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("partial");
    }

    private Task<double[]> SumsAsync(Guid systemId, string name) => NumbersAsync(systemId, name, "sum(value),sum(observations)");

    private async Task<double[]> NumbersAsync(Guid systemId, string name, string metric)
    {
        await _app.SettleAsync();
        using var api = await _app.LoginAsync();
        var answer = await api.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/metrics/aggregate?systemId={systemId}&name={name}&metric={metric}"));
        var row = JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
        return [.. row.EnumerateObject().Select(static field => field.Value.GetDouble())];
    }
}

public sealed class SqliteMetricKindsTests(SqliteAppFixture fixture) : MetricKindsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresMetricKindsTests(PostgresAppFixture fixture) : MetricKindsTests(fixture), IClassFixture<PostgresAppFixture>;
