namespace ActivityLog.Core.Queries;

/// <summary>How rows are grouped, what is made of each group, and in which order the groups come.</summary>
public sealed record Aggregation
{
    /// <summary>Most groups of an answer, and as many as come where the query doesn't say.</summary>
    public const int MaxTake = 1000;

    private const int MaxGroups = 3;
    private const int MaxMetrics = 20;

    /// <summary>What rows are grouped by, at most three; none gives one row.</summary>
    public IReadOnlyList<AggregateGroup> Groups { get; init; } = [];

    /// <summary>The figures of each group, at least one.</summary>
    public required IReadOnlyList<AggregateMetric> Metrics { get; init; }

    /// <summary>Name of the group or metric that orders the groups; null for the usual order: by time, else by the first metric, largest first.</summary>
    public string? OrderBy { get; init; }

    /// <summary>Whether the order is the other way round. Groups without a value come last either way.</summary>
    public bool Descending { get; init; }

    /// <summary>Most groups of the answer.</summary>
    public int Take { get; init; } = MaxTake;

    /// <summary>The parameters, for the API's description.</summary>
    internal static IReadOnlyList<QueryParameter> ParametersOf(FieldTable fields) =>
    [
        new("groupBy", $"Up to {MaxGroups}, comma-separated: {AggregateGroup.Allowed(fields)}."),
        new("metric", $"One or more, comma-separated: {AggregateMetric.Allowed(fields)}. Required."),
        new("order", "A metric or group of this query, with asc or desc after a blank. Without it: by time, else by the first metric, largest first."),
        new("take", $"Most groups, 1 to {MaxTake}."),
    ];

    internal static Aggregation Read(ParameterReader reader, FieldTable fields)
    {
        var groups = ReadGroups(reader, fields, MaxGroups);
        var metrics = ReadMetrics(reader, fields);
        var names = groups.Select(static group => group.Name).Concat(metrics.Select(static metric => metric.Name)).ToList();
        var (orderBy, descending) = ReadOrder(reader, names, metrics);
        return new Aggregation
        {
            Groups = groups,
            Metrics = metrics,
            OrderBy = orderBy,
            Descending = descending,
            Take = reader.TakeNumber("take", 1, MaxTake, MaxTake),
        };
    }

    internal static IReadOnlyList<AggregateGroup> ReadGroups(ParameterReader reader, FieldTable fields, int most) =>
        Split(reader, "groupBy", most, name => AggregateGroup.TryParse(name, fields), () => AggregateGroup.Allowed(fields));

    internal static IReadOnlyList<AggregateMetric> ReadMetrics(ParameterReader reader, FieldTable fields)
    {
        var metrics = Split(reader, "metric", MaxMetrics, name => AggregateMetric.TryParse(name, fields), () => AggregateMetric.Allowed(fields));
        if (metrics.Count == 0)
        {
            reader.Fail("metric", $"metric is required. Allowed: {AggregateMetric.Allowed(fields)}.");
        }

        return metrics;
    }

    private static List<T> Split<T>(ParameterReader reader, string parameter, int most, Func<string, T?> parse, Func<string> allowed)
        where T : class
    {
        var names = reader.Take(parameter)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        List<T> found = [];
        foreach (var name in names)
        {
            if (parse(name) is { } one)
            {
                found.Add(one);
            }
            else
            {
                reader.Fail(parameter, $"{parameter} can't be \"{name}\". Allowed: {allowed()}.");
            }
        }

        if (names.Length > most)
        {
            reader.Fail(parameter, $"{parameter} takes at most {most}, comma-separated.");
        }

        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            reader.Fail(parameter, $"{parameter} names something twice.");
        }

        return found;
    }

    private static (string? Name, bool Descending) ReadOrder(ParameterReader reader, List<string> names, IReadOnlyList<AggregateMetric> metrics)
    {
        if (reader.Take("order") is not { } text)
        {
            return (null, false);
        }

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = words.Length is 1 or 2 ? names.Find(one => one == words[0]) : null;
        if (name is null || (words.Length == 2 && words[1] is not ("asc" or "desc")))
        {
            reader.Fail("order", $"order can't be \"{text}\". Allowed: one of {string.Join(", ", names)}, with asc or desc after a blank.");
        }

        return (name, words.Length == 2 ? words[1] == "desc" : metrics.Any(metric => metric.Name == name));
    }
}
