namespace ActivityLog.Web.Shared.Charts;

/// <summary>What a bar of time stands for.</summary>
public enum ChartInterval
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>Monday to Sunday.</summary>
    Week,

    /// <summary>A month of the calendar.</summary>
    Month,
}
