namespace ActivityLog.Core.Queries;

/// <summary>What rows are grouped by: a field, an attribute or a piece of time.</summary>
/// <param name="Name">As given; the key in the answer's rows.</param>
/// <param name="Field">The field or attribute; null for time.</param>
/// <param name="Bucket">The piece of time; null for fields.</param>
public sealed record AggregateGroup(string Name, QueryField? Field, TimeBucket? Bucket)
{
    private static readonly Dictionary<string, TimeBucket> s_buckets = new(StringComparer.Ordinal)
    {
        ["hour"] = TimeBucket.Hour,
        ["day"] = TimeBucket.Day,
        ["week"] = TimeBucket.Week,
        ["month"] = TimeBucket.Month,
    };

    /// <summary>The group of this name; null when there is none.</summary>
    public static AggregateGroup? TryParse(string name, FieldTable fields) =>
        s_buckets.TryGetValue(name, out var bucket) ? new AggregateGroup(name, null, bucket)
        : fields.Find(name) is { CanGroup: true } field ? new AggregateGroup(name, field, null)
        : null;

    /// <summary>What is allowed, for errors and the API's description.</summary>
    public static string Allowed(FieldTable fields) => string.Join(", ", s_buckets.Keys) + ", " + fields.Names(static field => field.CanGroup);
}
