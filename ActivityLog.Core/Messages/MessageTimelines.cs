using System.Globalization;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Messages;

/// <summary>Answers timelines: an aggregate by time, with the pieces of time in which nothing was. Safe to call from many threads.</summary>
public sealed class MessageTimelines(IMessageStore messages, TimeProvider clock)
{
    /// <summary>
    /// A row for each piece of time and group, none left out: counts and sums are 0 where nothing was, the other figures null. By time, then groups largest first.
    /// Without <c>from</c> it begins with the first message; without <c>to</c> it goes on to now, or to the last message where that is later.
    /// </summary>
    /// <returns>The answer; or an error where it would have more than <see cref="MessageTimeline.MaxRows"/> rows.</returns>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    public async Task<(AggregateResult? Result, QueryError? Error)> RunAsync(MessageTimeline query, CancellationToken cancellationToken)
    {
        var found = await messages.AggregateAsync(query.Aggregate, cancellationToken);
        if (found.Truncated)
        {
            return (null, TooMany(query));
        }

        var intervals = Intervals(query, found).Take(MessageTimeline.MaxRows + 1).ToList();
        var series = query.Groups.Count == 0 ? [Empty(query)] : Series(query, found);
        if ((long)intervals.Count * series.Count > MessageTimeline.MaxRows)
        {
            return (null, TooMany(query));
        }

        var known = found.Rows.ToDictionary(row => Key(row, query.IntervalName, query));
        var rows = new List<IReadOnlyDictionary<string, object?>>(intervals.Count * series.Count);
        foreach (var interval in intervals)
        {
            foreach (var one in series)
            {
                var row = new Dictionary<string, object?>(one, StringComparer.Ordinal) { [query.IntervalName] = interval };
                rows.Add(known.GetValueOrDefault(Key(row, query.IntervalName, query), row));
            }
        }

        return (found with { Rows = rows }, null);
    }

    private IEnumerable<string> Intervals(MessageTimeline query, AggregateResult found)
    {
        var zone = query.Query.Zone;
        var times = found.Rows.Select(row => TimeIntervals.StartOf(query.Interval, zone, (string)row[query.IntervalName]!)).ToList();
        var from = query.Query.From ?? (times.Count == 0 ? null : times.Min());
        var to = query.Query.To ?? times.Append(clock.GetUtcNow().UtcDateTime).Max().AddTicks(1);
        return from is null ? [] : TimeIntervals.Between(query.Interval, zone, from.Value, to);
    }

    // Each group as a row without figures, the largest first.
    private static List<Dictionary<string, object?>> Series(MessageTimeline query, AggregateResult found) =>
    [
        .. found.Rows.GroupBy(row => Key(row, null, query))
            .OrderByDescending(group => group.Sum(row => Convert.ToDouble(row[query.Metrics[0].Name] ?? 0, CultureInfo.InvariantCulture)))
            .ThenBy(static group => group.Key, StringComparer.Ordinal)
            .Select(group => Empty(query, group.First())),
    ];

    private static Dictionary<string, object?> Empty(MessageTimeline query, IReadOnlyDictionary<string, object?>? groups = null)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal) { [query.IntervalName] = null };
        foreach (var group in query.Groups)
        {
            row[group.Name] = groups?[group.Name];
        }

        foreach (var metric in query.Metrics)
        {
            row[metric.Name] = metric.Function is AggregateFunction.Count or AggregateFunction.Sum or AggregateFunction.Distinct ? 0L : null;
        }

        return row;
    }

    // Values may hold anything: their lengths keep them apart.
    private static string Key(IReadOnlyDictionary<string, object?> row, string? interval, MessageTimeline query) => string.Concat(
        query.Groups.Select(static group => group.Name).Prepend(interval).OfType<string>().Select(name => Part(row[name])));

    private static string Part(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return value is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
    }

    private static QueryError TooMany(MessageTimeline query) => new(
        "interval",
        $"These would be more than {MessageTimeline.MaxRows} rows, one for each {query.IntervalName} and group: narrow from and to, take a longer interval, or group by less.");
}
