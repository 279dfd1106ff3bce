using System.Text.Json.Serialization;

namespace ActivityLog.Core.Queries;

/// <summary>The answer of an aggregate: its JSON form is the API's.</summary>
/// <param name="From">First moment, UTC; null for no bound.</param>
/// <param name="To">First moment that isn't in it any more, UTC; null for no bound.</param>
/// <param name="TimeZone">IANA name of the zone of days and hours.</param>
/// <param name="GroupBy">Names of the groups, as given.</param>
/// <param name="Metrics">Names of the metrics, as given.</param>
/// <param name="Rows">
/// A row a group: values by the names above. Groups are text, numbers, UUIDs or null; counts and sums of whole numbers <c>long</c> (<c>decimal</c> past its
/// bounds); money whole microdollars (USD × 10⁶), its mean with a fraction.
/// </param>
/// <param name="Truncated">Whether there are more groups than the rows.</param>
public sealed record AggregateResult(
    DateTime? From,
    DateTime? To,
    string TimeZone,
    IReadOnlyList<string> GroupBy,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows,
    bool Truncated)
{
    /// <summary>Whether it was answered from the summaries, not from raw rows.</summary>
    [JsonIgnore]
    public bool IsOfSummaries { get; init; }
}
