using System.Net;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Tokens;

public sealed class TokenLimitOptionsTests
{
    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Post_OverTheConfiguredBytesPerDay_Is429AcrossARestart(StorageEngine engine)
    {
        var request = Recording.Load("protobuf").Requests.MaxBy(static request => request.Content.Length)!;
        var limit = request.Content.Length * 3 / 2;
        await using var app = await ActivityLogApp.StartAsync(engine, new Dictionary<string, string?> { ["ActivityLog:Limits:BytesPerDay"] = $"{limit}" });
        var token = await app.CreateTokenAsync(await app.CreateSystemAsync());

        (await PostAsync(app, request, token)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(app, request, token)).ShouldBe(HttpStatusCode.TooManyRequests);
        await app.RestartAsync();
        (await PostAsync(app, request, token)).ShouldBe(HttpStatusCode.TooManyRequests);
        // Another token has its own.
        (await PostAsync(app, request, await app.CreateTokenAsync(await app.CreateSystemAsync()))).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> PostAsync(ActivityLogApp app, RecordedRequest request, string token)
    {
        using var client = app.CreateClient();
        using var message = request.ToHttp(token);
        using var response = await client.SendAsync(message);
        return response.StatusCode;
    }
}
