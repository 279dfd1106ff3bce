using System.Data.Common;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Retention;

/// <summary>Deletes what has expired, a step at a time: each is one short transaction, counted in it.</summary>
internal sealed class RetentionSteps(IBackgroundWrites writes, ISummaryWriter summaries, TimeProvider clock)
{
    private readonly RetentionSql _sql = new(writes);

    /// <summary>Deletes expired messages of a System, those that expired first before the others.</summary>
    public Task<RetentionStep> DeleteMessagesAsync(RetentionSlice slice, CancellationToken cancellationToken) =>
        RunAsync(
            async connection =>
            {
                var messages = new List<MessageRow>();
                var step = await DeleteAsync(connection, _sql.DeleteMessages, slice, row => messages.Add(SummaryColumns.Read(row, 1)), cancellationToken);
                await summaries.TakeAwayAsync(connection, slice.SystemKey, messages, cancellationToken);
                await ToldSeries.ForgetAsync(connection, slice.SystemKey, messages, cancellationToken);
                await CountAsync(connection, slice, messages: step.Rows, points: 0, cancellationToken);
                return step;
            },
            cancellationToken);

    /// <summary>Deletes expired metric points of a System, or takes the increment of those that stay as bases.</summary>
    public Task<RetentionStep> DeletePointsAsync(RetentionSlice slice, CancellationToken cancellationToken) =>
        RunAsync(
            async connection =>
            {
                var points = new List<ExpiredPoint>();
                var step = await DeleteAsync(connection, _sql.DeletePoints, slice, row => points.Add(ReadPoint(row, 1)), cancellationToken);
                await CountAsync(connection, slice, messages: 0, points: step.Rows, cancellationToken);
                var bases = await KeepBasesAsync(connection, slice, cancellationToken);
                await summaries.TakeAwayAsync(connection, slice.SystemKey, [.. points, .. bases], cancellationToken);
                return step with { Rows = step.Rows + bases.Count };
            },
            cancellationToken);

    /// <summary>Deletes sessions, series and attribute sets of a System that nothing refers to any more. Its expired messages and points must have gone.</summary>
    public Task<RetentionStep> DeleteSharedAsync(RetentionSlice slice, CancellationToken cancellationToken) =>
        RunAsync(
            async connection =>
            {
                var rows = 0;
                foreach (var sql in _sql.DeleteShared)
                {
                    rows += (await DeleteAsync(connection, sql, slice, null, cancellationToken)).Rows;
                }

                return new RetentionStep(rows, slice.From);
            },
            cancellationToken);

    private Task<RetentionStep> RunAsync(Func<DbConnection, Task<RetentionStep>> work, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async connection =>
            {
                var begun = clock.GetTimestamp();
                var step = await work(connection);
                return step with { Took = clock.GetElapsedTime(begun) };
            },
            cancellationToken);

    private async Task<List<ExpiredPoint>> KeepBasesAsync(DbConnection connection, RetentionSlice slice, CancellationToken cancellationToken)
    {
        var bases = new List<(ExpiredPoint Point, long StartedAt, double Value)>();
        await using (var list = Command(connection, _sql.ListBases, slice))
        await using (var reader = await list.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                bases.Add((ReadPoint(reader, 0), reader.GetInt64(3), reader.GetDouble(4)));
            }
        }

        foreach (var (point, startedAt, value) in bases)
        {
            await using var keep = connection.CreateCommand();
            keep.CommandText = RetentionSql.KeepBase;
            keep.Add("@system", slice.SystemKey);
            keep.Add("@series", point.Series);
            keep.Add("@occurred", point.OccurredAt);
            keep.Add("@started", startedAt);
            keep.Add("@value", value);
            keep.Add("@until", UnixMicroseconds.From(slice.Now + SharedExpiry.BaseKept));
            await keep.ExecuteNonQueryAsync(cancellationToken);
        }

        return bases.ConvertAll(static one => one.Point);
    }

    private static ExpiredPoint ReadPoint(DbDataReader row, int at) =>
        new(row.GetInt64(at), row.GetInt64(at + 1), row.IsDBNull(at + 2) ? null : row.GetDouble(at + 2));

    private static async Task<RetentionStep> DeleteAsync(
        DbConnection connection, string sql, RetentionSlice slice, Action<DbDataReader>? read, CancellationToken cancellationToken)
    {
        await using var delete = Command(connection, sql, slice);
        var (rows, reached) = (0, slice.From);
        await using var reader = await delete.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows++;
            reached = Math.Max(reached, reader.GetInt64(0));
            read?.Invoke(reader);
        }

        return new RetentionStep(rows, reached);
    }

    private static async Task CountAsync(DbConnection connection, RetentionSlice slice, int messages, int points, CancellationToken cancellationToken)
    {
        if (messages + points == 0)
        {
            return;
        }

        await using var count = connection.CreateCommand();
        count.CommandText = RetentionSql.Count;
        count.Add("@system", slice.SystemKey);
        count.Add("@hour", RetentionCount.HourOf(slice.Now));
        count.Add("@messages", (long)messages);
        count.Add("@points", (long)points);
        await count.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbCommand Command(DbConnection connection, string sql, RetentionSlice slice)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Add("@system", slice.SystemKey);
        command.Add("@from", slice.From);
        command.Add("@now", UnixMicroseconds.From(slice.Now));
        command.Add("@limit", slice.MaxRows);
        return command;
    }
}
