using System.Data.Common;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Summaries;

/// <summary>Finds by how much the sums of a slice differ from its rows, in one snapshot.</summary>
internal sealed class SumDifference(SqlReader reader, SummaryRules rules, RebuildCalendar calendar, long turn)
{
    /// <summary>Tables of what messages add up to.</summary>
    public static IReadOnlyList<SumTable> OfMessages { get; } = [SumTable.Spend, SumTable.Tools, SumTable.Counts, SumTable.Sessions];

    /// <summary>Tables of what metric points add up to.</summary>
    public static IReadOnlyList<SumTable> OfPoints { get; } = [SumTable.Metrics];

    /// <summary>The difference of all grains from the rows.</summary>
    public async Task<SumCorrection> FromRowsAsync(RebuildSlice slice, IReadOnlyList<SumTable> tables, CancellationToken cancellationToken)
    {
        var (deltas, raw) = (new SummaryDeltas(rules), new RawSums(reader, rules));
        var (from, to) = (calendar.StartOf(slice.From), calendar.StartOf(slice.To));
        var rows = ReferenceEquals(tables, OfPoints)
            ? await raw.AddPointsAsync(deltas, slice.System, from, to, cancellationToken)
            : await raw.AddMessagesAsync(deltas, slice.System, from, to, cancellationToken);
        var added = deltas.Tables().ToDictionary(static table => table.Table.Name, static table => table.Deltas, StringComparer.Ordinal);
        var sums = new List<(SumTable, List<SumDelta>)>();
        foreach (var table in tables)
        {
            var totals = new SumTotals(table);
            foreach (var delta in added.GetValueOrDefault(table.Name) ?? [])
            {
                totals.Add(delta);
            }

            foreach (var grain in table.Grains)
            {
                rows += await ReadAsync(table, grain, slice, row => totals.Add(row, negative: true), cancellationToken);
            }

            sums.Add((table, totals.ToDeltas()));
        }

        foreach (var (_, change) in deltas.Sessions)
        {
            change.ReadAnew();
        }

        return new(turn, rows, [.. deltas.Sets], sums, [.. deltas.Sessions]);
    }

    /// <summary>The difference of days and weeks from the quarters.</summary>
    public async Task<SumCorrection> FromQuartersAsync(RebuildSlice slice, IReadOnlyList<SumTable> tables, CancellationToken cancellationToken)
    {
        long rows = 0;
        var sums = new List<(SumTable, List<SumDelta>)>();
        foreach (var table in tables)
        {
            var totals = new SumTotals(table);
            foreach (var grain in table.Grains)
            {
                Action<DbDataReader> add = grain == SummaryGrain.Quarter
                    ? row => totals.AddToDay(row, rules.DayOf(SummaryRules.StartOf(row.GetInt32(2))))
                    : row => totals.Add(row, negative: true);
                rows += await ReadAsync(table, grain, slice, add, cancellationToken);
            }

            sums.Add((table, totals.ToDeltas()));
        }

        return new(turn, rows, [], sums, []);
    }

    private async Task<int> ReadAsync(
        SumTable table, SummaryGrain grain, RebuildSlice slice, Action<DbDataReader> read, CancellationToken cancellationToken)
    {
        var (from, to) = grain == SummaryGrain.Quarter
            ? (calendar.QuarterOf(slice.From), calendar.QuarterOf(slice.To))
            : (SumTimes.Of(grain, slice.From), SumTimes.Of(grain, slice.To));
        var sql = reader.NewText();
        sql.Add($"select {string.Join(", ", table.Columns)} from {table.Name} where system_key = {sql.Parameter(slice.System)} ")
            .Add($"and grain = {sql.Parameter((short)grain)} and at >= {sql.Parameter(from)} and at < {sql.Parameter(to)}");
        return (await reader.ReadAsync(
            sql,
            row =>
            {
                read(row);
                return true;
            },
            cancellationToken)).Count;
    }
}
