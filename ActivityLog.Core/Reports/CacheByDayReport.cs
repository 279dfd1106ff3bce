using ActivityLog.Core.Pricing;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Caching by day.</summary>
internal sealed class CacheByDayReport(SqlDatabase database, IPriceStore prices, TimeProvider clock) : CacheReport(database, prices, clock)
{
    public override ReportInfo Info { get; } = new(
        "cache-by-day", "Cache by day", "How much of what was sent on each day came from a cache, and what that saved.", ReportGroup.Tokens, ReportChartKind.Lines)
    {
        Measure = ReportColumnKind.Rate,
        Note = Note,
    };

    protected override bool IsByUser => false;
}
