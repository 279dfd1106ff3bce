namespace ActivityLog.Core.Summaries;

/// <summary>A row of <c>summary_sets</c>: the values of the pinned attributes that rows of the sums have in common.</summary>
public sealed class SummarySetRow
{
    public int SystemKey { get; set; }

    /// <summary>Hash of the content; 0 for none, of which there is no row.</summary>
    public long SetKey { get; set; }

    /// <summary>A flat JSON object, of those that occur.</summary>
    public string Attributes { get; set; } = "{}";
}
