using ActivityLog.Core.Reports;

namespace ActivityLog.Web.Reports;

/// <summary>A row of a cost report, read from its table by the columns' names.</summary>
/// <param name="Name">The model, the person, or the day as <c>yyyy-MM-dd</c>; null for calls without one, and in the total.</param>
/// <param name="IsFromMetrics">Whether only metrics tell of it.</param>
/// <param name="Cost">Nanodollars (USD × 10⁹).</param>
/// <param name="Before">The same in the period before; null where there is none to compare.</param>
/// <param name="Calls">Calls, each once.</param>
/// <param name="Input">Uncached tokens sent.</param>
/// <param name="Output">Tokens answered.</param>
/// <param name="CacheRead">Tokens read from a cache.</param>
/// <param name="CacheWrite">Tokens written to a cache.</param>
public sealed record CostRow(string? Name, bool IsFromMetrics, long Cost, long? Before, long Calls, long Input, long Output, long CacheRead, long CacheWrite)
{
    private const string Metrics = "metrics";

    /// <summary>Cost of one call, in nanodollars; null without any.</summary>
    public long? PerCall => Calls == 0 ? null : Cost / Calls;

    /// <summary>Of what was sent, the part read from a cache; null when nothing was sent.</summary>
    public double? CacheHit => Input + CacheRead + CacheWrite is > 0 and var sent ? (double)CacheRead / sent : null;

    /// <summary>The rows of a report, those of one day together.</summary>
    public static IReadOnlyList<CostRow> Read(ReportTable table)
    {
        var rows = table.Rows.Select(row => Read(table, row));
        return table.Columns[0].Kind != ReportColumnKind.Day ? [.. rows]
            : [.. rows.GroupBy(static row => row.Name).Select(static day => day.Aggregate(static (one, other) => one with
            {
                IsFromMetrics = one.IsFromMetrics && other.IsFromMetrics,
                Cost = one.Cost + other.Cost,
                Calls = one.Calls + other.Calls,
                Input = one.Input + other.Input,
                Output = one.Output + other.Output,
                CacheRead = one.CacheRead + other.CacheRead,
                CacheWrite = one.CacheWrite + other.CacheWrite,
            })).OrderByDescending(static day => day.Name, StringComparer.Ordinal)];
    }

    /// <summary>All rows together.</summary>
    public static CostRow ReadTotal(ReportTable table) => Read(table, table.Total) with { Before = (long?)table.PreviousTotal?[Index(table, "costMicrocents")] };

    private static CostRow Read(ReportTable table, IReadOnlyList<object?> row)
    {
        return new CostRow(
            row[0] as string, row[Index(table, "source")] is Metrics, Number("costMicrocents") ?? 0, Number("previousCostMicrocents"),
            Number("calls") ?? 0, Number("inputTokens") ?? 0, Number("outputTokens") ?? 0, Number("cacheReadTokens") ?? 0, Number("cacheCreateTokens") ?? 0);

        long? Number(string column) => (long?)row[Index(table, column)];
    }

    private static int Index(ReportTable table, string column)
    {
        for (var index = 0; index < table.Columns.Count; index++)
        {
            if (table.Columns[index].Name == column)
            {
                return index;
            }
        }

        throw new InvalidOperationException($"The report {table.Info.Slug} has no column {column}.");
    }
}
