using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.CostTruth;

/// <summary>Senders that follow the OpenTelemetry conventions and have neither sessions nor events of their own are counted once, too.</summary>
public abstract class OtherSendersTests(AppFixture fixture)
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private readonly ActivityLogApp _app = fixture.App;

    [Theory]
    [InlineData("outer", "inner")]
    [InlineData("inner", "outer")]
    [InlineData("outer inner")]
    public async Task Traces_CallToldByTwoLibraries_CountsOnce(params string[] requests)
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);
        var spans = new Dictionary<string, string>
        {
            ["outer"] = Span("langchain", "00f067aa0ba902b7", "", ""),
            ["inner"] = Span("openai", "00f067aa0ba902b8", "00f067aa0ba902b7", """{"key":"gen_ai.response.id","value":{"stringValue":"resp_1"}},"""),
        };

        foreach (var request in requests)
        {
            var resources = string.Join(',', request.Split(' ').Select(name => spans[name]));
            await PostAsync("/v1/traces", token, $$"""{"resourceSpans":[{{resources}}]}""");
        }

        var row = await AggregateAsync($"/api/v1/messages/aggregate?systemId={systemId}&type=ai.generation&metric=count(),sum(inputTokens)");
        (row.GetProperty("count()").GetInt32(), row.GetProperty("sum(inputTokens)").GetInt32()).ShouldBe((1, 10));
    }

    [Fact]
    public async Task Metrics_CumulativeWithoutAStart_AddUpToTheLastValue()
    {
        var systemId = await _app.CreateSystemAsync();
        var points = string.Join(',', new[] { (1, 100), (2, 110), (3, 120) }.Select(static p => $$"""{"timeUnixNano":"179534856{{p.Item1}}000000000","asInt":"{{p.Item2}}"}"""));

        await PostAsync("/v1/metrics", await _app.CreateTokenAsync(systemId), $$$"""
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"jobs","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{{{points}}}]}}]}]}]}
            """);

        var row = await AggregateAsync($"/api/v1/metrics/aggregate?systemId={systemId}&name=jobs&metric=sum(value)");
        row.GetProperty("sum(value)").GetDouble().ShouldBe(120);
    }

    private async Task PostAsync(string path, string token, string json)
    {
        using var client = _app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
    }

    private async Task<JsonElement> AggregateAsync(string address)
    {
        using var api = await _app.LoginAsync();
        using var response = await api.GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
    }

    private static string Span(string scope, string spanId, string parentSpanId, string moreAttributes) =>
        $$$"""
        {"scopeSpans":[{"scope":{"name":"{{{scope}}}"},"spans":[{"traceId":"{{{Trace}}}","spanId":"{{{spanId}}}","parentSpanId":"{{{parentSpanId}}}","name":"chat gpt-5.2",
          "startTimeUnixNano":"1795348566000000000","endTimeUnixNano":"1795348567000000000","attributes":[{{{moreAttributes}}}
            {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.request.model","value":{"stringValue":"gpt-5.2"}},
            {"key":"gen_ai.usage.input_tokens","value":{"intValue":"10"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"5"}}]}]}]}
        """;
}

public sealed class SqliteOtherSendersTests(SqliteAppFixture fixture) : OtherSendersTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresOtherSendersTests(PostgresAppFixture fixture) : OtherSendersTests(fixture), IClassFixture<PostgresAppFixture>;
