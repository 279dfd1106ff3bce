using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Cost by any attribute.</summary>
internal sealed class CostByMetadataReport(SpendStore spend, TimeProvider clock) : CostByNameReport(spend, clock)
{
    public override ReportInfo Info { get; } = new(
        "cost-by-metadata", "Cost by metadata", "What the calls with each value of an attribute cost: a team, a cost centre, a kind of terminal.", ReportGroup.Cost, ReportChartKind.Bars)
    {
        Note = "Attributes that an admin pinned are answered at once; others from the calls themselves, which takes the longer the more there are.",
    };

    public override IReadOnlyList<ReportParameter> Parameters { get; } = [ReportParameters.Key];

    protected override SpendBy By => SpendBy.Attribute;

    protected override string AttributeOf(ReportQuery query) => query.Own[ReportParameters.Key.Name];

    protected override ReportColumn ColumnOf(ReportQuery query) => new("value", AttributeOf(query), ReportColumnKind.Text) { Filter = FieldTable.MetadataPrefix + AttributeOf(query) };
}
