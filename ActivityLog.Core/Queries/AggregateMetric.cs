namespace ActivityLog.Core.Queries;

/// <summary>A figure of each group, such as <c>sum(costMicrocents)</c>.</summary>
/// <param name="Name">As given; the key in the answer's rows.</param>
/// <param name="Function">What is made of the rows.</param>
/// <param name="Field">Of which field; null for <see cref="AggregateFunction.Count"/>.</param>
public sealed record AggregateMetric(string Name, AggregateFunction Function, QueryField? Field)
{
    private static readonly Dictionary<string, AggregateFunction> s_functions =
        Enum.GetValues<AggregateFunction>().ToDictionary(static function => function.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>The percentile, in per cent; null for what is none.</summary>
    internal int? Percent => Function switch
    {
        AggregateFunction.P50 => 50,
        AggregateFunction.P95 => 95,
        AggregateFunction.P99 => 99,
        _ => null,
    };

    /// <summary>The metric of this name; null when there is none.</summary>
    public static AggregateMetric? TryParse(string name, FieldTable fields)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !name.EndsWith(')') || !s_functions.TryGetValue(name[..open], out var function))
        {
            return null;
        }

        var of = name[(open + 1)..^1];
        if (function == AggregateFunction.Count)
        {
            return of.Length == 0 ? new AggregateMetric(name, function, null) : null;
        }

        var field = fields.Find(of);
        var can = function == AggregateFunction.Distinct ? field?.CanGroup : field?.CanSum;
        return can == true ? new AggregateMetric(name, function, field) : null;
    }

    /// <summary>What is allowed, for errors and the API's description.</summary>
    public static string Allowed(FieldTable fields)
    {
        var amounts = string.Join(", ", fields.All.Where(static field => field.CanSum).Select(static field => field.Name));
        return $"count(), distinct(<field>) with {fields.Names(static field => field.CanGroup)}; and sum, avg, min, max, p50, p95, p99 of ({amounts})";
    }
}
