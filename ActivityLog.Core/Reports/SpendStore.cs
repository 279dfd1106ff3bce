using System.Data.Common;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>Reads what was spent. Safe to call from many threads.</summary>
internal sealed class SpendStore(SqlDatabase database)
{
    private const long Half = 1_000_000_000;

    /// <summary>Spend by something, from both sources: two statements on one state of the database.</summary>
    public Task<List<SpendRow>> ReadAsync(ReportQuery query, SpendBy by, CancellationToken cancellationToken) =>
        database.SnapshotAsync(reader => ReadAsync(reader, query, by, cancellationToken), cancellationToken);

    /// <summary>The same, of a state that more is read of.</summary>
    public static async Task<List<SpendRow>> ReadAsync(SqlReader reader, ReportQuery query, SpendBy by, CancellationToken cancellationToken) =>
    [
        .. await ReadGenerationsAsync(reader, query, by, null, cancellationToken),
        .. await ReadMetricsAsync(reader, query, by, cancellationToken),
    ];

    /// <summary>Spend of generations.</summary>
    /// <param name="reader">Reads it.</param>
    /// <param name="query">Which.</param>
    /// <param name="by">By what.</param>
    /// <param name="largest">Of sessions: only so many, the dearest; null for all rows.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Task<List<SpendRow>> ReadGenerationsAsync(
        SqlReader reader, ReportQuery query, SpendBy by, int? largest, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        sql.Add(SpendSql.GroupBy(SpendSql.Generations(query, sql), by));
        if (largest is { } count)
        {
            sql.Add($" where sid is not null order by h0 + l0 / {Half} desc, l0 % {Half} desc, sid limit {sql.Parameter(count)}");
        }

        return reader.ReadAsync(sql, static row => Read(row, SpendSource.Events), cancellationToken);
    }

    /// <summary>Spend that only metrics tell.</summary>
    public static Task<List<SpendRow>> ReadMetricsAsync(SqlReader reader, ReportQuery query, SpendBy by, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        sql.Add(SpendSql.GroupBy(SpendSql.Metrics(query, sql), by));
        return reader.ReadAsync(sql, static row => Read(row, SpendSource.Metrics), cancellationToken);
    }

    private static SpendRow Read(DbDataReader reader, string source) => new(
        source,
        reader.IsDBNull(0) ? null : DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)reader.GetInt64(0)),
        Text(reader, 1),
        Text(reader, 2),
        Text(reader, 3),
        UnixMicroseconds.ToDateTime(reader.GetInt64(5)),
        new SpendUsage(Amount(reader, 0), reader.GetInt64(4), Amount(reader, 1), Amount(reader, 2), Amount(reader, 3), Amount(reader, 4)));

    private static long Amount(DbDataReader reader, int amount) => (long)Int128.Clamp(
        (Int128)reader.GetInt64(6 + 2 * amount) * Half + reader.GetInt64(7 + 2 * amount), long.MinValue, long.MaxValue);

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
