namespace ActivityLog.Web.Shared.Charts;

/// <summary>How a chart is drawn.</summary>
public enum ChartShape
{
    /// <summary>Stacked columns, side by side: for what adds up over time.</summary>
    Columns,

    /// <summary>Stacked bars, one below the other: for names, which need room.</summary>
    Bars,

    /// <summary>Lines: for rates and times, which don't add up.</summary>
    Lines,
}
