using System.Diagnostics.CodeAnalysis;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Messages;

/// <summary>Which messages, and what is made of each piece of time. <c>ai.repeat</c> rows are in it only when a filter on <c>type</c> names them.</summary>
/// <param name="Query">Which messages; its page isn't looked at.</param>
/// <param name="Interval">The pieces of time.</param>
/// <param name="Groups">What each piece is split by; none for one row a piece.</param>
/// <param name="Metrics">The figures of each row.</param>
public sealed record MessageTimeline(MessageQuery Query, TimeBucket Interval, IReadOnlyList<AggregateGroup> Groups, IReadOnlyList<AggregateMetric> Metrics)
{
    /// <summary>Most rows of an answer: pieces of time × groups.</summary>
    public const int MaxRows = 50_000;

    private const int MaxGroups = 2;

    /// <summary>The parameters, for the API's description.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("interval", "hour, day, week or month, of tz. Required."),
        .. MessageQuery.FilterParameters,
        new("groupBy", $"Up to {MaxGroups}, comma-separated: {MessageFields.Table.Names(static field => field.CanGroup)}. Each group has a row for every interval."),
        new("metric", $"One or more, comma-separated: {AggregateMetric.Allowed(MessageFields.Table)}. Required."),
    ];

    /// <summary>Name of the interval, which is the key of its start in the answer's rows.</summary>
    public string IntervalName { get; } = Interval.ToString().ToLowerInvariant();

    /// <summary>The aggregate behind it.</summary>
    internal MessageAggregate Aggregate => new(Query, new Aggregation
    {
        Groups = [new AggregateGroup(IntervalName, null, Interval), .. Groups],
        Metrics = Metrics,
        Take = MaxRows,
    });

    /// <summary>Reads the parameters of <c>GET /api/v1/messages/timeline</c> strictly: what isn't known or can't be is an error.</summary>
    public static bool TryParse(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        QueryScope scope,
        [NotNullWhen(true)] out MessageTimeline? query,
        [NotNullWhen(false)] out QueryError? error)
    {
        var reader = new ParameterReader(parameters);
        var text = reader.Take("interval");
        var interval = text is null ? null : AggregateGroup.TryParse(text, MessageFields.Table)?.Bucket;
        if (interval is null)
        {
            reader.Fail("interval", (text is null ? "interval is required." : $"interval can't be \"{text}\".") + " Allowed: hour, day, week, month.");
        }

        var groups = Aggregation.ReadGroups(reader, MessageFields.Table, MaxGroups);
        if (groups.FirstOrDefault(static group => group.Bucket is not null) is { } time)
        {
            reader.Fail("groupBy", $"groupBy can't be \"{time.Name}\" here: interval says the pieces of time.");
        }

        var metrics = Aggregation.ReadMetrics(reader, MessageFields.Table);
        var rows = MessageQuery.Read(reader, scope);
        reader.RefuseOthers(MessageFields.Table);
        error = reader.Error;
        query = error is null ? new MessageTimeline(rows, interval!.Value, groups, metrics) : null;
        return error is null;
    }
}
