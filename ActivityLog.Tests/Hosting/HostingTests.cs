using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Hosting;

public sealed class HostingTests
{
    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Health_RunningServer_IsHealthy(StorageEngine engine)
    {
        await using var app = await ActivityLogApp.StartAsync(engine);
        using var client = app.CreateClient();

        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            using var response = await client.GetAsync(path);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString().ShouldBe("healthy");
        }
    }

    [Fact]
    public async Task Page_Answer_HasItsSecurityHeaders()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        using var client = app.CreateClient();

        using var response = await client.GetAsync("/login");

        var policy = response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("script-src 'self' 'unsafe-inline'");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.Contains("Referrer-Policy").ShouldBeTrue();
        response.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.0.0.0/8", false)]
    public async Task ForwardedProto_FromANetwork_CountsWhenItIsTrusted(string network, bool counts)
    {
        await using var app = await ActivityLogApp.StartAsync(
            StorageEngine.Sqlite, new Dictionary<string, string?> { ["ActivityLog:Proxy:Networks:0"] = network });
        using var client = app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/login");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "logs.example.com");

        using var response = await client.SendAsync(request);

        response.Headers.Contains("Strict-Transport-Security").ShouldBe(counts);
    }
}
