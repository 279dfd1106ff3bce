using System.Diagnostics.CodeAnalysis;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Metrics;

/// <summary>Which metric points, and what is made of them.</summary>
public sealed record MetricAggregate
{
    /// <summary>Numbers of the Systems asked; no other is looked at. None gives no row.</summary>
    public required IReadOnlyList<int> SystemKeys { get; init; }

    /// <summary>Conditions on fields and attributes, the metric's name among them.</summary>
    public required IReadOnlyList<FieldFilter> Filters { get; init; }

    /// <summary>First moment, UTC.</summary>
    public DateTime? From { get; init; }

    /// <summary>First moment that isn't asked for any more, UTC.</summary>
    public DateTime? To { get; init; }

    /// <summary>The time zone of the query's dates.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>What is made of the points.</summary>
    public required Aggregation Aggregation { get; init; }

    /// <summary>The parameters, for the API's description.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        .. MetricFields.Table.All.Where(static one => one.CanFilter)
            .Select(static one => new QueryParameter(one.Name, one == MetricFields.Name ? one.Description + " Required." : one.Description, Repeats: true)),
        .. MessageQuery.TimeParameters,
        .. Aggregation.ParametersOf(MetricFields.Table),
    ];

    /// <summary>Reads the parameters of <c>GET /api/v1/metrics/aggregate</c> strictly: what isn't known or can't be is an error.</summary>
    public static bool TryParse(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        QueryScope scope,
        [NotNullWhen(true)] out MetricAggregate? query,
        [NotNullWhen(false)] out QueryError? error)
    {
        var reader = new ParameterReader(parameters);
        var zone = reader.TakeZone(scope.Zone);
        var aggregation = Aggregation.Read(reader, MetricFields.Table);
        var filters = reader.TakeFilters(MetricFields.Table);
        if (filters.All(static filter => filter.Field != MetricFields.Name || filter.Values.Contains(null)))
        {
            reader.Fail("name", "name is required: the name of a metric, such as claude_code.cost.usage.");
        }

        query = new MetricAggregate
        {
            SystemKeys = MessageQuery.SystemsOf(filters, scope),
            Filters = [.. filters.Where(static filter => filter.Field.Kind != FieldKind.System)],
            From = reader.TakeTime("from", zone, isEnd: false),
            To = reader.TakeTime("to", zone, isEnd: true),
            Zone = zone,
            Aggregation = aggregation,
        };
        reader.RefuseOthers(MetricFields.Table);
        error = reader.Error;
        query = error is null ? query : null;
        return error is null;
    }
}
