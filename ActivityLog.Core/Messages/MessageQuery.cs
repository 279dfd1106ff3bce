using System.Diagnostics.CodeAnalysis;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Messages;

/// <summary>Which messages: all conditions hold; of the values of one field, one.</summary>
public sealed record MessageQuery
{
    /// <summary>Rows of a page where the query doesn't say.</summary>
    public const int DefaultTake = 50;

    /// <summary>Most rows of a page.</summary>
    public const int MaxTake = 200;

    private const int MaxSearchLength = 1000;

    /// <summary>Numbers of the Systems asked; no other is looked at. None gives no row.</summary>
    public required IReadOnlyList<int> SystemKeys { get; init; }

    /// <summary>Conditions on fields and attributes.</summary>
    public IReadOnlyList<FieldFilter> Filters { get; init; } = [];

    /// <summary>Text that is in body, name, error, model or tool, in either case.</summary>
    public string? Search { get; init; }

    /// <summary>First moment, UTC.</summary>
    public DateTime? From { get; init; }

    /// <summary>First moment that isn't asked for any more, UTC.</summary>
    public DateTime? To { get; init; }

    /// <summary>The time zone of the query's dates.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Rows of a page, 1 to <see cref="MaxTake"/>.</summary>
    public int Take { get; init; } = DefaultTake;

    /// <summary>Where the page before ended; null for the first page.</summary>
    public MessageCursor? Cursor { get; init; }

    /// <summary>The parameters, for the API's description.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        .. FilterParameters,
        new("take", $"Rows of a page, 1 to {MaxTake}; {DefaultTake} where it isn't given."),
        new("cursor", "nextCursor of the page before."),
    ];

    /// <summary>The parameters that choose rows, for the API's description.</summary>
    public static IReadOnlyList<QueryParameter> FilterParameters =>
    [
        .. MessageFields.Table.All.Where(static one => one.CanFilter).Select(static one => new QueryParameter(one.Name, Describe(one), Repeats: true)),
        new("metadata.<key>", "An attribute by its own name; meta.<key> is the same. Empty for messages without it.", Repeats: true),
        new("q", "Text in body, name, error, model or tool, in either case."),
        .. TimeParameters,
    ];

    /// <summary>The parameters that bound the time, for the API's description.</summary>
    internal static IReadOnlyList<QueryParameter> TimeParameters =>
    [
        new("from", $"First moment, included: {QueryTimes.Allowed}."),
        new("to", $"Last moment, excluded; a date means to the end of that day: {QueryTimes.Allowed}. Without it there is no upper bound."),
        new("tz", "IANA time zone of dates; the installation's where it isn't given."),
    ];

    /// <summary>Reads the parameters of <c>GET /api/v1/messages</c> strictly: what isn't known or can't be is an error.</summary>
    public static bool TryParse(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        QueryScope scope,
        [NotNullWhen(true)] out MessageQuery? query,
        [NotNullWhen(false)] out QueryError? error)
    {
        var reader = new ParameterReader(parameters);
        query = Read(reader, scope) with { Take = reader.TakeNumber("take", 1, MaxTake, DefaultTake) };
        if (reader.Take("cursor") is { } text)
        {
            query = query with { Cursor = MessageCursor.TryParse(text) };
            if (query.Cursor is null)
            {
                reader.Fail("cursor", "cursor must be nextCursor of the page before, as it came.");
            }
        }

        reader.RefuseOthers(MessageFields.Table);
        error = reader.Error;
        query = error is null ? query : null;
        return error is null;
    }

    /// <summary>Reads parameters that are conditions and nothing else, likewise.</summary>
    public static bool TryParseConditions(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        QueryScope scope,
        [NotNullWhen(true)] out MessageQuery? query,
        [NotNullWhen(false)] out QueryError? error)
    {
        var reader = new ParameterReader(parameters);
        query = Read(reader, scope);
        reader.RefuseOthers(MessageFields.Table);
        error = reader.Error;
        query = error is null ? query : null;
        return error is null;
    }

    /// <summary>Reads what lists and aggregates share: the conditions.</summary>
    internal static MessageQuery Read(ParameterReader reader, QueryScope scope)
    {
        var zone = reader.TakeZone(scope.Zone);
        var search = reader.Take("q");
        if (search is { Length: > MaxSearchLength } || search?.Contains('\0', StringComparison.Ordinal) == true)
        {
            reader.Fail("q", $"q can't be that. Allowed: text of at most {MaxSearchLength} characters, without NUL.");
        }

        var filters = reader.TakeFilters(MessageFields.Table);
        return new MessageQuery
        {
            SystemKeys = SystemsOf(filters, scope),
            Filters = [.. filters.Where(static filter => filter.Field.Kind != FieldKind.System)],
            Search = string.IsNullOrEmpty(search) ? null : search,
            From = reader.TakeTime("from", zone, isEnd: false),
            To = reader.TakeTime("to", zone, isEnd: true),
            Zone = zone,
        };
    }

    /// <summary>The Systems that a filter names and the caller may see; without such a filter all that the caller may see.</summary>
    internal static IReadOnlyList<int> SystemsOf(IReadOnlyList<FieldFilter> filters, QueryScope scope)
    {
        var asked = filters.FirstOrDefault(static filter => filter.Field.Kind == FieldKind.System)?.Values;
        return [.. scope.Systems.Where(system => asked is null || asked.Contains(system.Key)).Select(static system => system.Value).Order()];
    }

    private static string Describe(QueryField field) => field.Choices.Count == 0
        ? $"{field.Description} Empty for messages without it."
        : $"{field.Description} One of {string.Join(", ", field.Choices.Select(static choice => choice.Name))}.";
}
