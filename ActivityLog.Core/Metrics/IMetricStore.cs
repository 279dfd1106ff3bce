using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Metrics;

/// <summary>Reads metric points. Safe to call from many threads.</summary>
public interface IMetricStore
{
    /// <summary>Counts and sums of metric points by group. Cumulative series count by their increase.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    Task<AggregateResult> AggregateAsync(MetricAggregate query, CancellationToken cancellationToken);
}
