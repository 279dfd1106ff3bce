using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>What the statements of one report share: one state of the database, and what is known of it.</summary>
/// <param name="Reader">Reads that state.</param>
/// <param name="State">What the summaries can answer.</param>
/// <param name="MetricsMayTell">Whether there may be spend that only metrics tell; where there is none, none is looked for.</param>
internal sealed record ReportSnapshot(SqlReader Reader, SummaryState State, bool MetricsMayTell)
{
    /// <summary>What is read of the snapshot of a query's Systems.</summary>
    public static Task<T> ReadAsync<T>(SqlDatabase database, ReportQuery query, Func<ReportSnapshot, Task<T>> read, CancellationToken cancellationToken) =>
        database.SnapshotAsync(async reader => await read(await OpenAsync(reader, query.SystemKeys, cancellationToken)), cancellationToken);

    /// <summary>The same of a query and of the period before it, each of a snapshot of its own (<see cref="PeriodBefore.ReadAsync"/>).</summary>
    public static Task<(T Now, T? Before)> ReadBothAsync<T>(
        SqlDatabase database, ReportQuery query, TimeProvider clock, Func<ReportSnapshot, ReportQuery, bool, Task<T>> read, CancellationToken cancellationToken)
        where T : class => PeriodBefore.ReadAsync(query, clock, (of, isBefore) => ReadAsync(database, of, snapshot => read(snapshot, of, isBefore), cancellationToken));

    /// <summary>The snapshot of some Systems.</summary>
    public static async Task<ReportSnapshot> OpenAsync(SqlReader reader, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        var state = await SummaryStates.ReadAsync(reader, cancellationToken);
        var sql = reader.NewText();
        sql.Add($"select 1 from metric_series m where {MessageSql.Systems(systemKeys, sql)} and {SpendSql.IsUntoldSeries(sql)} limit 1");
        return new ReportSnapshot(reader, state, (await reader.ReadAsync(sql, static _ => true, cancellationToken)).Count > 0);
    }
}
