namespace ActivityLog.Core.Summaries;

/// <summary>What a row of the sums stands for. Stored as its number: never renumber.</summary>
public enum SummaryGrain : short
{
    /// <summary>A quarter of an hour; its <c>at</c> is Unix seconds / 900. Days of any time zone are made of them.</summary>
    Quarter = 0,

    /// <summary>A day of the zone that days are kept in (<see cref="SummarySettings.Zone"/>); its <c>at</c> is days since 1970-01-01 there.</summary>
    Day = 1,

    /// <summary>
    /// The same days, of a table that has them (<see cref="SumTable.Subject"/>) by its subject alone, whoever and whatever else it was of: few rows, for questions that tell
    /// no more apart.
    /// </summary>
    SubjectDay = 2,

    /// <summary>
    /// Seven of these days, from Monday to Sunday; its <c>at</c> is weeks since 1969-12-29. Of a table that has them (<see cref="SumTable.HasWeeks"/>), for questions over
    /// many days that tell none apart.
    /// </summary>
    Week = 3,
}
