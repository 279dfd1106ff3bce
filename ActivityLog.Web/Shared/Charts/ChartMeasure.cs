namespace ActivityLog.Web.Shared.Charts;

/// <summary>What the bars of a chart measure.</summary>
public enum ChartMeasure
{
    /// <summary>Nanodollars (USD × 10⁹).</summary>
    Cost,

    /// <summary>Whole tokens.</summary>
    Tokens,

    /// <summary>Calls.</summary>
    Calls,
}
