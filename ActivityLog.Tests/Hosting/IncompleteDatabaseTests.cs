using System.Net;
using System.Text.Json;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp.Spool;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Hosting;

/// <summary>A database that answers, but isn't whole, as while a backup is put back over it.</summary>
public sealed class IncompleteDatabaseTests
{
    private const string EmptyTablesWithoutIndexes =
        """
        CREATE SCHEMA public;
        DO $$ DECLARE t record; BEGIN
            FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'before' LOOP
                EXECUTE format('CREATE TABLE public.%I (LIKE before.%I INCLUDING DEFAULTS INCLUDING IDENTITY)', t.tablename, t.tablename);
            END LOOP;
        END $$;
        """;

    [Fact]
    public async Task Post_WhileABackupIsPutBack_IsTakenAndStoredAfterwards()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Postgres);
        var token = await app.CreateTokenAsync(await app.CreateSystemAsync());
        using var client = app.CreateClient();
        var spool = app.Services.GetRequiredService<ISpoolState>();
        await app.PostRecordingAsync("json-options", RecordingOrder.Recorded, token);
        await app.SettleAsync();

        await ExecuteAsync(app, "ALTER SCHEMA public RENAME TO before");
        await app.PostRecordingAsync("json", RecordingOrder.Recorded, token);
        spool.Current.Requests.ShouldBeGreaterThan(0);
        using (var ready = await client.GetAsync("/health/ready"))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.OK);
            JsonDocument.Parse(await ready.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString().ShouldBe("degraded");
        }

        await ExecuteAsync(app, EmptyTablesWithoutIndexes);
        var waiting = spool.Current.Requests;
        await app.PostRecordingAsync("protobuf-terminal", RecordingOrder.Recorded, token);
        spool.Current.Requests.ShouldBeGreaterThan(waiting);

        await ExecuteAsync(app, "DROP SCHEMA public CASCADE; ALTER SCHEMA before RENAME TO public");
        await app.SettleAsync();
        await using var whole = await ActivityLogApp.StartAsync(StorageEngine.Postgres);
        var otherToken = await whole.CreateTokenAsync(await whole.CreateSystemAsync());
        foreach (var name in new[] { "json-options", "json", "protobuf-terminal" })
        {
            await whole.PostRecordingAsync(name, RecordingOrder.Recorded, otherToken);
        }

        await whole.SettleAsync();
        (await CountAsync(app)).ShouldBe(await CountAsync(whole));
        spool.Current.SetAside.ShouldBe(0);
        app.Services.GetRequiredService<DatabaseState>().IsAway.ShouldBeFalse();
    }

    private static async Task ExecuteAsync(ActivityLogApp app, string sql)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    private static async Task<int> CountAsync(ActivityLogApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        return await context.Messages.CountAsync();
    }
}
