using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Cost by repository.</summary>
internal sealed class CostByRepositoryReport(SpendStore spend, TimeProvider clock) : CostByNameReport(spend, clock)
{
    private const string Key = "vcs.repository.url.full";

    public override ReportInfo Info { get; } = new(
        "cost-by-repository", "Cost by repository", "What the calls made in each repository cost.", ReportGroup.Cost, ReportChartKind.Bars)
    {
        Note = "Claude Code names the repository of a call with OTEL_METRICS_INCLUDE_REPOSITORY=1.",
    };

    protected override SpendBy By => SpendBy.Attribute;

    protected override string AttributeOf(ReportQuery query) => Key;

    protected override ReportColumn ColumnOf(ReportQuery query) => new("repository", "Repository", ReportColumnKind.Text) { Filter = FieldTable.MetadataPrefix + AttributeOf(query) };
}
