using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>Reads the overview. Safe to call from many threads.</summary>
public interface IOverviewStore
{
    /// <summary>The figures of a range; without bounds, of all that is there.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    Task<Overview> GetAsync(ReportQuery query, CancellationToken cancellationToken);

    /// <summary>This month in the query's zone, whatever its range is.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    Task<MonthToDate> GetMonthAsync(ReportQuery query, CancellationToken cancellationToken);
}
