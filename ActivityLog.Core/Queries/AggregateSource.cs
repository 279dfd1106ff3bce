namespace ActivityLog.Core.Queries;

/// <summary>The rows that an aggregate is made of.</summary>
/// <param name="Rows">SQL of the rows, as <c>m</c>.</param>
/// <param name="Conditions">SQL of the conditions on them.</param>
/// <param name="Zone">The zone of pieces of time.</param>
/// <param name="From">First moment, UTC; null for no bound.</param>
/// <param name="To">First moment that isn't in it any more, UTC; null for no bound.</param>
internal sealed record AggregateSource(string Rows, IReadOnlyList<string> Conditions, TimeZoneInfo Zone, DateTime? From, DateTime? To)
{
    /// <summary>Of rows of sums: the column that says how many rows one stands for. Null where each stands for itself.</summary>
    public string? Weight { get; init; }

    /// <summary>SQL of a row's piece of time, as <see cref="TimeSql.Row"/>.</summary>
    public string Time(TimeBucket bucket) => Weight is null ? TimeSql.Row(bucket, "m.occurred_at", Zone, From, To) : "m.d";
}
