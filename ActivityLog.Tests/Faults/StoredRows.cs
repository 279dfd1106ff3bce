using System.Data.Common;
using ActivityLog.Core.Storage;
using Microsoft.Data.Sqlite;

namespace ActivityLog.Tests.Faults;

/// <summary>What a database holds, read without the product.</summary>
/// <param name="SystemKey">Number of the only System.</param>
/// <param name="Messages">The keys of all messages.</param>
/// <param name="Points">What tells metric points apart, of all of them.</param>
internal sealed record StoredRows(int SystemKey, IReadOnlyList<(long Session, long Call)> Messages, IReadOnlyList<(long Series, long OccurredAt, long StartedAt, double Value)> Points)
{
    public static async Task<StoredRows> ReadAsync(FaultServer server, PostgresCluster? postgres)
    {
        await using DbConnection connection = postgres is not null
            ? await postgres.OpenAsync()
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(server.DataDirectory, "activitylog.db"), Pooling = false }.ToString());
        if (postgres is null)
        {
            await connection.OpenAsync();
        }

        var systems = await ListAsync(connection, "SELECT key FROM systems", static row => row.GetInt32(0));
        return new(
            systems.ShouldHaveSingleItem(),
            await ListAsync(connection, "SELECT session_key, call_key FROM messages", static row => (row.GetInt64(0), row.GetInt64(1))),
            await ListAsync(
                connection, "SELECT series_key, occurred_at, started_at, value FROM metric_points",
                static row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetDouble(3))));
    }

    /// <summary>Whether all that was acknowledged is there.</summary>
    public bool HasAll(IEnumerable<SentRequest> sent) => Missing(sent.Where(static request => request.IsAcknowledged)) == 0;

    /// <summary>Records of requests that aren't there.</summary>
    public int Missing(IEnumerable<SentRequest> requests)
    {
        var (messages, points) = Expected(requests);
        messages.ExceptWith(Messages);
        points.ExceptWith(Points);
        return messages.Count + points.Count;
    }

    /// <summary>Rows that nobody sent, and rows that are there twice.</summary>
    public int Unexpected(IEnumerable<SentRequest> sent)
    {
        var (messages, points) = Expected(sent);
        return Messages.Count(key => !messages.Remove(key)) + Points.Count(key => !points.Remove(key));
    }

    private (HashSet<(long, long)> Messages, HashSet<(long, long, long, double)> Points) Expected(IEnumerable<SentRequest> requests)
    {
        var messages = new HashSet<(long, long)>();
        var points = new HashSet<(long, long, long, double)>();
        foreach (var mapped in requests.Select(request => RecordingClient.Map(request, SystemKey)))
        {
            messages.UnionWith(mapped.Messages.Select(static message => (message.Key.Session, message.Key.Call)));
            points.UnionWith(mapped.Points.Select(
                static point => (point.SeriesKey, UnixMicroseconds.From(point.OccurredAt), UnixMicroseconds.From(point.StartedAt), point.Value)));
        }

        return (messages, points);
    }

    private static async Task<IReadOnlyList<T>> ListAsync<T>(DbConnection connection, string sql, Func<DbDataReader, T> read)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
