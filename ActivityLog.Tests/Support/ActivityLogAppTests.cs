using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Support;

public sealed class ActivityLogAppTests
{
    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task StartAsync_EachEngine_AnswersOnAPortOfItsOwn(StorageEngine engine)
    {
        await using var app = await ActivityLogApp.StartAsync(engine);
        using var client = app.CreateClient();

        using var response = await client.GetAsync("/api/v1/nothing-is-here");

        ((int)response.StatusCode).ShouldBe(404);
        app.BaseAddress.Host.ShouldBe("127.0.0.1");
    }
}
