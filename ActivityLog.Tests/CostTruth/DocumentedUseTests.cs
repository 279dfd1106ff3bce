using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.CostTruth;

/// <summary>What the product's documents tell people to type works as printed.</summary>
public abstract class DocumentedUseTests(AppFixture fixture)
{
    private readonly ActivityLogApp _app = fixture.App;

    [Fact]
    public async Task Aggregate_TheDocumentedCostQueries_AnswerCostByModelAndByUser()
    {
        var systemId = await _app.CreateSystemAsync();
        await _app.PostRecordingAsync("protobuf-redacted", RecordingOrder.Recorded, await _app.CreateTokenAsync(systemId));
        using var api = await _app.LoginAsync();

        var byModel = await GetAsync(api, $"/api/v1/messages/aggregate?systemId={systemId}&type=ai.generation&groupBy=model&metric=sum(costMicrocents)&from=2026-05-01");
        var byUser = await GetAsync(api, $"/api/v1/messages/aggregate?systemId={systemId}&type=ai.generation&groupBy=metadata.user.name&metric=sum(costMicrocents)");

        byModel.GetProperty("groupBy").EnumerateArray().Select(static g => g.GetString()).ShouldBe(["model"]);
        byModel.GetProperty("metrics").EnumerateArray().Select(static m => m.GetString()).ShouldBe(["sum(costMicrocents)"]);
        byModel.GetProperty("truncated").GetBoolean().ShouldBeFalse();
        var row = byModel.GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("model").GetString().ShouldBe("claude-sonnet-5-5");
        row.GetProperty("sum(costMicrocents)").GetInt64().ShouldBe(117_503);
        byUser.GetProperty("rows").EnumerateArray()
            .ToDictionary(static r => r.GetProperty("metadata.user.name").GetString()!, static r => r.GetProperty("sum(costMicrocents)").GetInt64())
            .ShouldBe(new Dictionary<string, long> { ["alice"] = 99_028, ["carol"] = 18_476 }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("/api/v1/otlp/v1/logs")]
    [InlineData("/v1/logs")]
    [InlineData("/api/v1/otlp/logs")]
    [InlineData("/api/v1/otlp")]
    [InlineData("/api/v1/otlp/v1/logs/v1/logs")]
    public async Task Logs_AtEachPathPeopleType_AreStoredUnderTheirPerson(string path)
    {
        var systemId = await _app.CreateSystemAsync();
        using var client = _app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(Event("user.id", "alice@example.com"), Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await _app.CreateTokenAsync(systemId)) },
        };

        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var api = await _app.LoginAsync();
        var list = await GetAsync(api, $"/api/v1/messages?systemId={systemId}");
        var message = list.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        message.GetProperty("type").GetString().ShouldBe("ai.generation");
        message.GetProperty("serviceName").GetString().ShouldBe("claude-code");
        message.GetProperty("userName").GetString().ShouldBe("alice@example.com");
        message.GetProperty("costMicrocents").GetInt64().ShouldBe(11_658);
        message.GetProperty("inputTokens").GetInt64().ShouldBe(52);
        message.GetProperty("metadata").GetProperty("user.id").GetString().ShouldBe("alice@example.com");
    }

    [Theory]
    [InlineData("garbage", "application/x-protobuf", null, 400)]
    [InlineData("{\"resourceLogs\":[{", "application/json", null, 400)]
    [InlineData("hello", "text/plain", null, 415)]
    [InlineData("hello", "application/json", "br", 415)]
    [InlineData("not gzip", "application/json", "gzip", 400)]
    public async Task Logs_ThatCannotBeRead_AreRefusedAndLeaveNothing(string body, string contentType, string? encoding, int status)
    {
        var systemId = await _app.CreateSystemAsync();
        using var client = _app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new(contentType) } },
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await _app.CreateTokenAsync(systemId)) },
        };
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(status);
        await AssertEmptyAsync(systemId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("al_0000000000000000000000000000000000000000")]
    [InlineData("revoked")]
    public async Task Logs_WithoutATokenThatIsValid_AreRefusedAndLeaveNothing(string? token)
    {
        var systemId = await _app.CreateSystemAsync();
        if (token == "revoked")
        {
            token = await _app.CreateTokenAsync(systemId);
            using var admin = await _app.LoginAsync();
            var tokens = await GetAsync(admin, $"/api/v1/systems/{systemId}/tokens");
            var list = tokens.ValueKind == JsonValueKind.Array ? tokens : tokens.GetProperty("items");
            var id = list.EnumerateArray().Single().GetProperty("id").GetString();
            using var revoked = await admin.DeleteAsync($"/api/v1/systems/{systemId}/tokens/{id}");
            revoked.IsSuccessStatusCode.ShouldBeTrue();
        }

        using var client = _app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = new StringContent(Event("user.name", "alice"), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var refusal = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        refusal.GetProperty("message").GetString()!.ShouldContain("token");
        await AssertEmptyAsync(systemId);
    }

    private async Task AssertEmptyAsync(Guid systemId)
    {
        using var api = await _app.LoginAsync();
        (await GetAsync(api, $"/api/v1/messages?systemId={systemId}")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static async Task<JsonElement> GetAsync(HttpClient api, string address)
    {
        using var response = await api.GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    // An event of an older version: all numbers are strings.
    private static string Event(string person, string name) =>
        $$$"""
        {"resourceLogs":[{"resource":{"attributes":[
            {"key":"service.name","value":{"stringValue":"claude-code"}},{"key":"{{{person}}}","value":{"stringValue":"{{{name}}}"}}]},
          "scopeLogs":[{"scope":{"name":"com.anthropic.claude_code.events"},"logRecords":[{"timeUnixNano":"1795348566587000000",
            "body":{"stringValue":"claude_code.api_request"},"attributes":[
              {"key":"event.name","value":{"stringValue":"api_request"}},{"key":"session.id","value":{"stringValue":"s1"}},
              {"key":"user.id","value":{"stringValue":"82c1feddd6518ea6"}},{"key":"model","value":{"stringValue":"claude-sonnet-5-5"}},
              {"key":"input_tokens","value":{"stringValue":"52"}},{"key":"cost_usd","value":{"stringValue":"0.0116576"}}]}]}]}]}
        """;
}

public sealed class SqliteDocumentedUseTests(SqliteAppFixture fixture) : DocumentedUseTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresDocumentedUseTests(PostgresAppFixture fixture) : DocumentedUseTests(fixture), IClassFixture<PostgresAppFixture>;
