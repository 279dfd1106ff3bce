using System.Text.Json;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Retention;

public sealed class RetentionEndpointsTests(SqliteAppFixture fixture) : IClassFixture<SqliteAppFixture>
{
    [Fact]
    public async Task Get_AfterARun_TellsDueAndDeletedBySystem()
    {
        var system = await fixture.App.CreateSystemAsync();
        await fixture.App.PostRecordingAsync("json", RecordingOrder.Recorded, await fixture.App.CreateTokenAsync(system, retentionDays: 7));
        var services = fixture.App.Services;
        int messages, points;
        await using (var context = await services.GetRequiredService<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync())
        {
            // As if they had come eight days ago.
            var days = (long)TimeSpan.FromDays(8).TotalMicroseconds;
            messages = await context.Messages.ExecuteUpdateAsync(set => set.SetProperty(static m => m.ExpiresAt, m => m.ExpiresAt - days));
            points = await context.MetricPoints.ExecuteUpdateAsync(set => set.SetProperty(static p => p.ExpiresAt, p => p.ExpiresAt - days));
        }

        // The server's own run may be first with some of them.
        await services.GetRequiredService<RetentionSweeper>().RunAsync(CancellationToken.None);
        var after = await ReadAsync(system);

        messages.ShouldBeGreaterThan(0);
        after.GetProperty("messagesDeleted").GetInt64().ShouldBe(messages);
        after.GetProperty("metricPointsDeleted").GetInt64().ShouldBe(points);
        after.GetProperty("messagesDeletedLastDay").GetInt64().ShouldBe(messages);
        after.GetProperty("dueMessages").GetInt64().ShouldBe(0);
        after.GetProperty("nextDueAt").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private async Task<JsonElement> ReadAsync(Guid system)
    {
        using var admin = await fixture.App.LoginAsync();
        var answer = JsonSerializer.Deserialize<JsonElement>(await admin.GetStringAsync("/api/v1/retention"));
        return answer.GetProperty("systems").EnumerateArray().Single(row => row.GetProperty("systemId").GetGuid() == system);
    }
}
