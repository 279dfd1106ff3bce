using System.Data.Common;
using ActivityLog.Core.Messages;
using Microsoft.Data.Sqlite;

namespace ActivityLog.Tests.Faults;

/// <summary>What a database holds, read without the product.</summary>
/// <param name="SystemKey">Number of the only System.</param>
/// <param name="Messages">The keys of all messages, with what each is made of and what it tells.</param>
/// <param name="Points">What tells metric points apart, of all of them.</param>
internal sealed record StoredRows(
    int SystemKey, IReadOnlyList<(MessageKey Key, ToldCall Told)> Messages, IReadOnlyList<(long Series, long OccurredAt, long StartedAt, double Value)> Points)
{
    public static async Task<StoredRows> ReadAsync(FaultServer server, PostgresCluster? postgres)
    {
        await using DbConnection connection = postgres is not null
            ? await postgres.OpenAsync()
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = server.DatabaseFile, Pooling = false }.ToString());
        if (postgres is null)
        {
            await connection.OpenAsync();
        }

        var systems = await ListAsync(connection, "SELECT key FROM systems", static row => row.GetInt32(0));
        return new(
            systems.ShouldHaveSingleItem(),
            await ListAsync(
                connection,
                "SELECT session_key, call_key, parts, cost_nanodollars, input_tokens, output_tokens, cache_read_tokens, cache_create_tokens FROM messages",
                static row => (
                    new MessageKey(row.GetInt64(0), row.GetInt64(1)),
                    new ToldCall((MessageParts)row.GetInt16(2), Number(row, 3), Number(row, 4), Number(row, 5), Number(row, 6), Number(row, 7)))),
            await ListAsync(
                connection, "SELECT series_key, occurred_at, started_at, value FROM metric_points",
                static row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetDouble(3))));
    }

    /// <summary>Rows and parts of rows that were acknowledged and aren't there.</summary>
    public int Missing(SentRows sent)
    {
        var stored = Messages.ToDictionary(static message => message.Key, static message => message.Told.Parts);
        return sent.Messages.Count(message => (sent.PartsOf(message.Key, isAcknowledged: true) & ~stored.GetValueOrDefault(message.Key)) != 0)
            + sent.AcknowledgedPoints.Except(Points).Count();
    }

    /// <summary>Rows that nobody sent, and rows that are there twice.</summary>
    public int Unexpected(SentRows sent)
    {
        var messages = sent.Messages.Select(static message => message.Key).ToHashSet();
        var points = sent.Points.ToHashSet();
        return Messages.Count(message => !messages.Remove(message.Key)) + Points.Count(point => !points.Remove(point));
    }

    /// <summary>Rows whose parts, cost or tokens aren't what was sent of them, as text.</summary>
    public IEnumerable<string> Different(SentRows sent) =>
        from message in Messages
        where !sent.MayBe(message.Key, message.Told)
        select $"{message.Key}: {message.Told}, told by {sent.Describe(message.Key)}";

    private static long? Number(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetInt64(at);

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
