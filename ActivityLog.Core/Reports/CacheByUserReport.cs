using ActivityLog.Core.Pricing;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Caching by person.</summary>
internal sealed class CacheByUserReport(SqlDatabase database, IPriceStore prices, TimeProvider clock) : CacheReport(database, prices, clock)
{
    public override ReportInfo Info { get; } = new(
        "cache-by-user", "Cache by user", "How much of what each person's agents sent came from a cache, and what that saved.", ReportGroup.Tokens, ReportChartKind.Bars)
    {
        Note = Note,
    };

    protected override bool IsByUser => true;
}
