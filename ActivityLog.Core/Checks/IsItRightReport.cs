using System.Text.Json;
using ActivityLog.Core.Reports;

namespace ActivityLog.Core.Checks;

/// <summary>Spend three times over, from events, from spans and from metrics, with each difference named.</summary>
internal sealed class IsItRightReport(SpendCheckStore checks) : IReport
{
    /// <summary>Its name in addresses.</summary>
    public const string Slug = "is-it-right";

    public ReportInfo Info { get; } = new(
        Slug, "Is it right?", "Spend three times over, from events, from spans and from metrics, with each difference named.", ReportGroup.Cost, ReportChartKind.Bars)
    {
        Note = "Each call counts once, by its event where that came. Of spans only tokens are known.",
    };

    public IReadOnlyList<ReportParameter> Parameters { get; } = [ReportParameters.Session];

    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var session = query.Own.GetValueOrDefault(ReportParameters.Session.Name);
        var check = await checks.RunAsync(query, string.IsNullOrEmpty(session) ? null : session, cancellationToken);
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns =
            [
                new("what", "What", ReportColumnKind.Text),
                new("isAmiss", "Amiss", ReportColumnKind.Text),
                new("count", "Count", ReportColumnKind.Count),
                new("costMicrocents", "Cost", ReportColumnKind.Money),
                new("inputTokens", "Input", ReportColumnKind.Tokens),
                new("outputTokens", "Output", ReportColumnKind.Tokens),
                new("cacheReadTokens", "Cache read", ReportColumnKind.Tokens),
                new("cacheCreateTokens", "Cache write", ReportColumnKind.Tokens),
            ],
            Rows = check.IsTooLarge
                ? [Row("tooLarge", "yes", check.Messages, default)]
                :
                [
                    Row("events", null, check.Events.Calls, check.Events),
                    Row("spans", null, check.Spans.Calls, check.Spans, hasCost: false),
                    Row("metrics", null, null, check.Metrics),
                    .. check.Differences.Select(static one => Row(NameOf(one.Kind), one.IsAmiss ? "yes" : "no", one.Count, one.Spend)),
                ],
            Total = Row(null, check.Agrees ? "no" : "yes", check.Counted.Calls, check.Counted),
            Categories = ["events", "metrics"],
            Series = [new(null, SpendSource.Events, [check.Events.CostNanodollars, check.Metrics.CostNanodollars])],
        };
    }

    private static object?[] Row(string? what, string? isAmiss, long? count, SpendTold spend, bool hasCost = true) =>
    [
        what, isAmiss, count, hasCost ? spend.CostNanodollars : null, spend.InputTokens, spend.OutputTokens, spend.CacheReadTokens, spend.CacheCreateTokens,
    ];

    private static string NameOf(SpendDifferenceKind kind) => JsonSerializer.SerializeToNode(kind)!.GetValue<string>();
}
