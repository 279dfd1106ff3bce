using System.Diagnostics.CodeAnalysis;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>What a report or the overview is asked for: Systems, people, models, services, attributes and a range of time. All conditions hold; of the values of one, one.</summary>
public sealed record ReportQuery
{
    private const string FormatParameter = "format";
    private const string FromParameter = "from";
    private const string ToParameter = "to";

    /// <summary>Numbers of the Systems asked; no other is looked at.</summary>
    public required IReadOnlyList<int> SystemKeys { get; init; }

    /// <summary>People as stored, null for rows without one; none given means all.</summary>
    public IReadOnlyList<string?> Users { get; init; } = [];

    /// <summary>Models, null for rows without one; none given means all.</summary>
    public IReadOnlyList<string?> Models { get; init; } = [];

    /// <summary>Services by <c>service.name</c>, null for rows without one; none given means all.</summary>
    public IReadOnlyList<string?> Services { get; init; } = [];

    /// <summary>Attributes by their own names and the values asked of each, null for rows without it; none given means all.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string?>> Metadata { get; init; } = new Dictionary<string, IReadOnlyList<string?>>();

    /// <summary>Values of the report's own parameters (<see cref="IReport.Parameters"/>) by their names.</summary>
    public IReadOnlyDictionary<string, string> Own { get; init; } = new Dictionary<string, string>();

    /// <summary>First moment, UTC; null for no bound.</summary>
    public DateTime? From { get; init; }

    /// <summary>First moment that isn't asked for any more, UTC; null for no bound.</summary>
    public DateTime? To { get; init; }

    /// <summary>The time zone of days.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>All conditions but Systems and time.</summary>
    internal IEnumerable<FieldFilter> Filters =>
    [
        .. Users.Count == 0 ? Array.Empty<FieldFilter>() : [new(ReportFields.User, Users)],
        .. Models.Count == 0 ? Array.Empty<FieldFilter>() : [new(ReportFields.Model, Models)],
        .. Services.Count == 0 ? Array.Empty<FieldFilter>() : [new(ReportFields.Service, Services)],
        .. Metadata.Select(static one => new FieldFilter(ReportFields.Attribute(one.Key), one.Value)),
    ];

    /// <summary>The parameters, for the API's description.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        .. FilterParameters,
        new(FormatParameter, "json or csv; where it isn't given, the Accept header decides."),
    ];

    /// <summary>The same without the bounds of time.</summary>
    public static IReadOnlyList<QueryParameter> ParametersWithoutRange { get; } = [.. Parameters.Where(static parameter => parameter.Name is not (FromParameter or ToParameter))];

    /// <summary>The parameters that choose rows, for the API's description.</summary>
    internal static IReadOnlyList<QueryParameter> FilterParameters =>
    [
        new("systemId", "Id of a System.", Repeats: true),
        new("user", "A person's name as stored. Empty for calls without one.", Repeats: true),
        new("model", "A model. Empty for calls without one.", Repeats: true),
        new("serviceName", "service.name of the sender. Empty for calls without one.", Repeats: true),
        new("metadata.<key>", "An attribute by its own name; meta.<key> is the same. Empty for calls without it.", Repeats: true),
        .. MessageQuery.TimeParameters,
    ];

    /// <summary>
    /// Reads the parameters of <c>GET /api/v1/reports/{slug}</c> strictly: what isn't known or can't be is an error. What <c>format</c> says is the caller's.
    /// </summary>
    /// <param name="parameters">As given.</param>
    /// <param name="own">The parameters that this report has beside those of all.</param>
    /// <param name="scope">Within what is read.</param>
    /// <param name="query">The query.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="hasRange">Whether a range of time can be asked for.</param>
    public static bool TryParse(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        IReadOnlyList<ReportParameter> own,
        QueryScope scope,
        [NotNullWhen(true)] out ReportQuery? query,
        [NotNullWhen(false)] out QueryError? error,
        bool hasRange = true)
    {
        var reader = new ParameterReader(parameters);
        query = Read(reader, own, scope, hasRange);
        if (reader.Take(FormatParameter) is { } format and not ("json" or "csv"))
        {
            reader.Fail(FormatParameter, $"format can't be \"{format}\". Allowed: json, csv.");
        }

        reader.RefuseOthers(ReportFields.Table);
        error = reader.Error;
        query = error is null ? query : null;
        return error is null;
    }

    /// <summary>Reads what reports and other lists of the same filters share.</summary>
    internal static ReportQuery Read(ParameterReader reader, IReadOnlyList<ReportParameter> own, QueryScope scope, bool hasRange = true)
    {
        var zone = reader.TakeZone(scope.Zone);
        var ownValues = own.ToDictionary(static one => one.Name, one => one.Take(reader), StringComparer.Ordinal);
        var filters = reader.TakeFilters(ReportFields.Table);
        return new ReportQuery
        {
            SystemKeys = MessageQuery.SystemsOf(filters, scope),
            Users = Texts(filters, ReportFields.User),
            Models = Texts(filters, ReportFields.Model),
            Services = Texts(filters, ReportFields.Service),
            Metadata = filters.Where(static filter => filter.Field.Kind == FieldKind.Metadata)
                .ToDictionary(static filter => filter.Field.Sql, static IReadOnlyList<string?> (filter) => [.. filter.Values.Select(static value => (string?)value)], StringComparer.Ordinal),
            Own = ownValues,
            From = hasRange ? reader.TakeTime(FromParameter, zone, isEnd: false) : null,
            To = hasRange ? reader.TakeTime(ToParameter, zone, isEnd: true) : null,
            Zone = zone,
        };
    }

    private static IReadOnlyList<string?> Texts(IReadOnlyList<FieldFilter> filters, QueryField field) =>
        [.. filters.Where(filter => filter.Field == field).SelectMany(static filter => filter.Values).Select(static value => (string?)value)];
}
