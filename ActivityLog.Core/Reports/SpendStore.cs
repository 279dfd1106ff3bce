using System.Data.Common;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>Reads what was spent: from the sums where they hold it, else from raw rows. Safe to call from many threads.</summary>
internal sealed class SpendStore(SqlDatabase database)
{
    /// <summary>Spend by something, from both sources, of one state of the database.</summary>
    public Task<List<SpendRow>> ReadAsync(ReportQuery query, SpendBy by, CancellationToken cancellationToken) => ReadAsync(query, by, null, cancellationToken);

    /// <summary>The same by an attribute, among others (<see cref="SpendBy.Attribute"/>).</summary>
    public Task<List<SpendRow>> ReadAsync(ReportQuery query, SpendBy by, string? key, CancellationToken cancellationToken) => database.SnapshotAsync(
        async reader => await ReadAsync(await ReportSnapshot.OpenAsync(reader, query.SystemKeys, cancellationToken), query, by, key, cancellationToken),
        cancellationToken);

    /// <summary>The same of a snapshot that more is read of.</summary>
    public static async Task<List<SpendRow>> ReadAsync(ReportSnapshot snapshot, ReportQuery query, SpendBy by, string? key, CancellationToken cancellationToken) =>
    [
        .. await ReadGenerationsAsync(snapshot, query, by, key, cancellationToken),
        .. await ReadMetricsAsync(snapshot, query, by, key, cancellationToken),
    ];

    /// <summary>Spend of generations.</summary>
    public static Task<List<SpendRow>> ReadGenerationsAsync(
        ReportSnapshot snapshot, ReportQuery query, SpendBy by, string? key, CancellationToken cancellationToken)
    {
        if (!by.HasFlag(SpendBy.Session) && Summaries.Sums.Of(snapshot.State, query, by.HasFlag(SpendBy.Day), key) is { } sums)
        {
            return SummedSpend.ReadAsync(snapshot.Reader, sums, by, key, cancellationToken);
        }

        var sql = snapshot.Reader.NewText();
        sql.Add(SpendSql.GroupBy(SpendSql.Generations(query, key, sql), by));
        return snapshot.Reader.ReadAsync(sql, static row => Read(row, SpendSource.Events), cancellationToken);
    }

    /// <summary>Spend that only metrics tell.</summary>
    public static async Task<List<SpendRow>> ReadMetricsAsync(
        ReportSnapshot snapshot, ReportQuery query, SpendBy by, string? key, CancellationToken cancellationToken)
    {
        if (!snapshot.MetricsMayTell)
        {
            return [];
        }

        var sql = snapshot.Reader.NewText();
        var whole = Summaries.Sums.Of(snapshot.State, SpendSql.WholeDays(query), byDay: true);
        sql.Add(SpendSql.GroupBy(SpendSql.Metrics(query, key, whole, sql), by));
        return await snapshot.Reader.ReadAsync(sql, static row => Read(row, SpendSource.Metrics), cancellationToken);
    }

    /// <summary>The amounts of a row, the halves of which begin at a column.</summary>
    public static SpendUsage Usage(DbDataReader reader, long calls, int first) => new(
        Amount(reader, first), calls, Amount(reader, first + 2), Amount(reader, first + 4), Amount(reader, first + 6), Amount(reader, first + 8));

    private static SpendRow Read(DbDataReader reader, string source) => new(
        source,
        reader.IsDBNull(0) ? null : DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)reader.GetInt64(0)),
        Text(reader, 1),
        Text(reader, 2),
        Text(reader, 3),
        Text(reader, 4),
        reader.IsDBNull(6) ? null : UnixMicroseconds.ToDateTime(reader.GetInt64(6)),
        Usage(reader, reader.GetInt64(5), 7),
        reader.IsDBNull(17) ? null : reader.GetGuid(17));

    private static long Amount(DbDataReader reader, int column) => Figure.Clamp(HalfSum.Join(reader.GetInt64(column), reader.GetInt64(column + 1)));

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
