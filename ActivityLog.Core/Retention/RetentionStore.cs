using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Retention;

/// <inheritdoc/>
internal sealed class RetentionStore(IDbContextFactory<ActivityLogDbContext> contexts, SqlDatabase database, TimeProvider clock) : IRetentionStore
{
    public Task<RetentionRun?> FindRunAsync(CancellationToken cancellationToken) => StoreErrors.GuardAsync(async () =>
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RetentionRuns.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    });

    public Task<IReadOnlyList<SystemRetention>> ListAsync(IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken) =>
        database.SnapshotAsync<IReadOnlyList<SystemRetention>>(
            async reader =>
            {
                var now = clock.GetUtcNow().UtcDateTime;
                var list = new List<SystemRetention>(systemKeys.Count);
                foreach (var system in systemKeys)
                {
                    var (due, next) = await ReadDueAsync(reader, system, now, cancellationToken);
                    var (ofDay, ever) = await ReadDeletedAsync(reader, system, now, cancellationToken);
                    list.Add(new(system, due, next, ofDay, ever));
                }

                return list;
            },
            cancellationToken);

    // By the index of expiry: a bounded range of it, and one more entry.
    private static async Task<(RetentionRows Due, DateTime? Next)> ReadDueAsync(SqlReader reader, int system, DateTime now, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var (key, at, most) = (sql.Parameter(system), sql.Parameter(UnixMicroseconds.From(now)), sql.Parameter(IRetentionStore.MaxCounted));
        sql.Add($"select {Due("messages")}, {Due("metric_points")}, {Next("messages")}, {Next("metric_points")}");
        return (await reader.ReadAsync(
            sql,
            static row => (
                new RetentionRows(row.GetInt64(0), row.GetInt64(1)),
                Earlier(row.IsDBNull(2) ? null : row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3))),
            cancellationToken)).Single();

        string Due(string table) => $"(select count(*) from (select 1 from {table} where system_key = {key} and expires_at <= {at} limit {most}) d)";

        string Next(string table) => $"(select min(expires_at) from {table} where system_key = {key} and expires_at > {at})";
    }

    private static async Task<(RetentionRows OfDay, RetentionRows Ever)> ReadDeletedAsync(SqlReader reader, int system, DateTime now, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        sql.Add($"select hour, messages, metric_points from retention_counts where system_key = {sql.Parameter(system)} ")
            .Add($"and (hour = {RetentionCount.AllTime} or hour > {sql.Parameter(RetentionCount.HourOf(now) - 24)})");
        var rows = await reader.ReadAsync(sql, static row => (Hour: row.GetInt32(0), Rows: new RetentionRows(row.GetInt64(1), row.GetInt64(2))), cancellationToken);
        return (
            rows.Where(static row => row.Hour != RetentionCount.AllTime).Aggregate(default(RetentionRows), static (sum, row) => sum + row.Rows),
            rows.SingleOrDefault(static row => row.Hour == RetentionCount.AllTime).Rows);
    }

    private static DateTime? Earlier(long? one, long? other) =>
        (one, other) is (null, null) ? null : UnixMicroseconds.ToDateTime(Math.Min(one ?? long.MaxValue, other ?? long.MaxValue));
}
