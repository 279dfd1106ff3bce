namespace ActivityLog.Web.Shared.Charts;

/// <summary>What the values of a chart are.</summary>
public enum ChartMeasure
{
    /// <summary>Nanodollars (USD × 10⁹).</summary>
    Cost,

    /// <summary>Whole tokens.</summary>
    Tokens,

    /// <summary>How many: calls, sessions, lines.</summary>
    Count,

    /// <summary>A part of a whole, 0 to 1.</summary>
    Share,

    /// <summary>Milliseconds.</summary>
    Duration,
}
