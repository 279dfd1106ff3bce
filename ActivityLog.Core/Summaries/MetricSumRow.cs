namespace ActivityLog.Core.Summaries;

/// <summary>A row of <c>metric_sums</c>: increments of metrics.</summary>
public sealed class MetricSumRow : SumRow
{
    public int NameId { get; set; }
    public int? UserId { get; set; }
    public int? ModelId { get; set; }
    public int? ServiceId { get; set; }

    /// <summary>Which pinned attributes (<see cref="SummarySetRow"/>); 0 for none.</summary>
    public long SetKey { get; set; }

    /// <summary>The whole part of the increments.</summary>
    public long Whole { get; set; }

    /// <summary>Their fractions, in billionths: unlike fractions themselves they add up exactly.</summary>
    public long Nanos { get; set; }

    /// <summary>Points with an increment.</summary>
    public long Points { get; set; }
}
