namespace ActivityLog.Core.Reports;

/// <summary>Tokens by person.</summary>
internal sealed class TokensByUserReport(SpendStore spend, TimeProvider clock) : TokenReport(spend, clock)
{
    public override ReportInfo Info { get; } = new(
        "tokens-by-user", "Tokens by user", "The tokens of each person by kind.", ReportGroup.Tokens, ReportChartKind.Bars)
    {
        Measure = ReportColumnKind.Tokens,
    };

    protected override bool IsByUser => true;
}
