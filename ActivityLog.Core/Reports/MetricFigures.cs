using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>Reads the increments of metrics.</summary>
internal static class MetricFigures
{
    private const double NanosPerWhole = 1e9;

    private static readonly string[] s_numbers = ["whole", "nanos"];

    /// <summary>The sums of some metrics by something.</summary>
    /// <param name="snapshot">Of which state.</param>
    /// <param name="query">Which.</param>
    /// <param name="names">The metrics.</param>
    /// <param name="by">By what; always by metric.</param>
    /// <param name="attributes">And by which attributes: of those that every sum of metrics tells apart.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<List<(FigureKey Of, double Value)>> ReadAsync(
        ReportSnapshot snapshot, ReportQuery query, IReadOnlyList<string> names, FigureBy by, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        // Looked up first: PostgreSQL finds rows of sums by numbers that it is told, not by those that it has yet to look for.
        var ids = await NameTexts.ReadIdsAsync(snapshot.Reader, NameKind.Name, names, cancellationToken);
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = FigureRows.Of(snapshot, query, by | FigureBy.Name);
        var figures = await FigureStore.ReadAsync(snapshot, rows, sql => rows.Metrics(sql, ids, attributes), s_numbers, [], attributes, cancellationToken);
        return [.. figures.Select(static figure => (figure.Of, figure.Numbers[0] + figure.Numbers[1] / NanosPerWhole))];
    }
}
