namespace ActivityLog.Core.Reports;

/// <summary>Where spend is known from, as reports name it.</summary>
internal static class SpendSource
{
    /// <summary>From generations.</summary>
    public const string Events = "events";

    /// <summary>From metrics alone (DESIGN 5, rule 3).</summary>
    public const string Metrics = "metrics";
}
