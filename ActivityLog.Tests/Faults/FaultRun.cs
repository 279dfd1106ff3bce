using ActivityLog.Core.Storage;
using ActivityLog.Core.Storage.Postgres;
using ActivityLog.Core.Storage.Sqlite;
using ActivityLog.Tests.Summaries;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Tests.Faults;

/// <summary>A server under load, on an engine of its own, and what must be true of it after any fault.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private FaultRun(FaultServer server, PostgresCluster? postgres, RecordingClient client)
    {
        Server = server;
        Postgres = postgres!;
        Client = client;
    }

    public FaultServer Server { get; }

    /// <summary>Its database server, where it has one.</summary>
    public PostgresCluster Postgres { get; }

    public RecordingClient Client { get; }

    /// <summary>Starts all, and returns when requests are being stored.</summary>
    public static async Task<FaultRun> StartAsync(bool postgres, params (string Name, string Value)[] settings)
    {
        var cluster = postgres ? await PostgresCluster.StartNewAsync() : null;
        FaultServer? server = null;
        try
        {
            server = await FaultServer.StartNewAsync(cluster, settings);
            var run = new FaultRun(server, cluster, RecordingClient.Start(server, await server.CreateTokenAsync()));
            await run.Client.AcknowledgedAsync(50);
            return run;
        }
        catch
        {
            await DisposeAsync(server, cluster);
            throw;
        }
    }

    /// <summary>
    /// The server answers again by itself; then every acknowledged record is stored, once, nothing is that wasn't sent, the parts of a call are one row with the cost
    /// and the tokens that they tell together, the sums are those of the rows, and no answer made a sender drop its batch.
    /// </summary>
    public async Task AssertNothingLostAsync()
    {
        await Client.AcknowledgedAsync(50);
        await Client.StopAsync();
        // What is in the spool comes by itself.
        var rows = await StoredRows.ReadAsync(Server, Postgres);
        var sent = new SentRows(Client.Sent, rows.SystemKey);
        await Soon.TrueAsync(async () => (rows = await StoredRows.ReadAsync(Server, Postgres)).Missing(sent) == 0, TimeSpan.FromSeconds(90), "all that was acknowledged is stored");
        rows.Unexpected(sent).ShouldBe(0);
        sent.Joined.ShouldBePositive();
        rows.Different(sent).ShouldBeEmpty();
        await using (var context = CreateContext())
        {
            (await SumsCheck.FindDifferenceAsync(context, rows.SystemKey)).ShouldBeNull();
        }

        Client.Statuses.Keys.ShouldBeSubsetOf([200, 503], Server.Output);
        Client.WithoutRetryAfter.ShouldBe(0);
        await Soon.TrueAsync(async () => await Server.ReadyAsync() == "healthy", what: "the server says that it is healthy");
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await DisposeAsync(Server, Postgres);
    }

    private ActivityLogDbContext CreateContext() => Postgres is null
        ? new SqliteDbContext(new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite($"Data Source={Server.DatabaseFile};Pooling=False").Options)
        : new PostgresDbContext(new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql($"{Postgres.ConnectionString};Pooling=false").Options);

    private static async Task DisposeAsync(FaultServer? server, PostgresCluster? postgres)
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }
    }
}
