namespace ActivityLog.Core.Summaries;

/// <summary>What a row of the sums stands for. Stored as its number: never renumber.</summary>
public enum SummaryGrain : short
{
    /// <summary>A quarter of an hour; its <c>at</c> is Unix seconds / 900. Days of any time zone are made of them.</summary>
    Quarter = 0,

    /// <summary>A day of the zone that days are kept in (<see cref="SummarySettings.Zone"/>); its <c>at</c> is days since 1970-01-01 there.</summary>
    Day = 1,
}
