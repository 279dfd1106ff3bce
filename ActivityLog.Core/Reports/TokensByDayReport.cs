namespace ActivityLog.Core.Reports;

/// <summary>Tokens by day.</summary>
internal sealed class TokensByDayReport(SpendStore spend, TimeProvider clock) : TokenReport(spend, clock)
{
    public override ReportInfo Info { get; } = new(
        "tokens-by-day", "Tokens by day", "The tokens of each day by kind.", ReportGroup.Tokens, ReportChartKind.StackedDays)
    {
        Measure = ReportColumnKind.Tokens,
    };

    protected override bool IsByUser => false;
}
