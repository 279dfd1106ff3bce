using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Messages;

/// <summary>Finds the sums that hold what an aggregate asks: counts of all types, sums of generations, uses of tools.</summary>
internal static class MessageSums
{
    private static readonly string[] s_common = ["model", "userName", "serviceName", "systemId"];
    private static readonly string[] s_counts = [.. s_common, "type", "status"];
    private static readonly string[] s_tools = ["toolName", "userName", "serviceName", "systemId"];
    private static readonly string[] s_amounts = ["inputTokens", "outputTokens", "cacheReadTokens", "cacheCreateTokens", "costMicrocents"];

    /// <summary>The rows of sums that answer a query; null where raw rows must.</summary>
    public static AggregateSource? TrySource(MessageAggregate query, SummaryState state, SqlText sql)
    {
        var (rows, aggregation) = (query.Query, query.Aggregation);
        if (rows.Search is not null || aggregation.Metrics.Any(static metric => metric.Function is not (AggregateFunction.Count or AggregateFunction.Sum)))
        {
            return null;
        }

        var types = rows.Filters.Where(static filter => filter.Field == MessageFields.Type).SelectMany(static filter => filter.Values).Distinct().ToList();
        var asked = rows.Filters.Select(static filter => filter.Field).Where(static field => field != MessageFields.Type)
            .Concat(aggregation.Groups.Select(static group => group.Field).OfType<QueryField>()).ToList();
        var others = rows.Filters.Where(static filter => filter.Field != MessageFields.Type).ToList();
        if (types is [(long)MessageType.Generation] && Holds(s_common, asked) && aggregation.Metrics.All(static m => m.Field is null || s_amounts.Contains(m.Field.Name)))
        {
            return Source(others, static (sums, sql, told) => sums.Spend(sql, told), "m.calls");
        }

        if (aggregation.Metrics.Any(static metric => metric.Function != AggregateFunction.Count))
        {
            return null;
        }

        if (types is [(long)MessageType.Tool] && Holds(s_tools, asked))
        {
            return Source(others, static (sums, sql, told) => sums.Tools(sql, told), "m.uses + m.denied", "m.uses + m.denied <> 0");
        }

        return Holds(s_counts, asked)
            ? Source(rows.Filters, static (sums, sql, told) => sums.Counts(sql, [.. told, "type"]), "m.messages", [.. query.NamesRepeats ? Array.Empty<string>() : [$"m.type <> {(short)MessageType.Repeat}"]])
            : null;

        AggregateSource? Source(IReadOnlyList<FieldFilter> filters, Func<Sums, SqlText, IEnumerable<string>, string> table, string weight, params IReadOnlyList<string> conditions)
        {
            var buckets = aggregation.Groups.Select(static group => group.Bucket).OfType<TimeBucket>().ToList();
            var hours = buckets.Count(static bucket => bucket == TimeBucket.Hour);
            // Hours and days of one answer are two different numbers of a row.
            if (hours > 0 && hours < buckets.Count)
            {
                return null;
            }

            TimeBucket? finest = buckets.Count == 0 ? null : hours > 0 ? TimeBucket.Hour : TimeBucket.Day;
            var keys = asked.Where(static field => field.Kind == FieldKind.Metadata).Select(static field => field.Sql);
            return Sums.Of(state, rows.SystemKeys, filters, (rows.Zone, rows.From, rows.To), finest, keys) is { } sums
                ? new AggregateSource(table(sums, sql, asked.Select(Sums.DimensionOf)), conditions, rows.Zone, rows.From, rows.To) { Weight = weight }
                : null;
        }
    }

    private static bool Holds(string[] names, IEnumerable<QueryField> fields) =>
        fields.All(field => field.Kind == FieldKind.Metadata || names.Contains(field.Name, StringComparer.Ordinal));
}
