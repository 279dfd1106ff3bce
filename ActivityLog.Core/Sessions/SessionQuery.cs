using System.Diagnostics.CodeAnalysis;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;

namespace ActivityLog.Core.Sessions;

/// <summary>Which sessions: those with a prompt, a call or spend that only metrics tell among what the filters leave.</summary>
public sealed record SessionQuery
{
    /// <summary>Rows of a page where the query doesn't say.</summary>
    public const int DefaultTake = 50;

    /// <summary>Most rows of a page.</summary>
    public const int MaxTake = 200;

    /// <summary>Which messages.</summary>
    public required ReportQuery Filter { get; init; }

    /// <summary>The order.</summary>
    public SessionSort Sort { get; init; }

    /// <summary>Rows of a page, 1 to <see cref="MaxTake"/>.</summary>
    public int Take { get; init; } = DefaultTake;

    /// <summary>Where the page before ended; null for the first page.</summary>
    public SessionCursor? Cursor { get; init; }

    /// <summary>The parameters, for the API's description.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        .. ReportQuery.FilterParameters,
        new("sort", "cost, time, length or errors, the largest or latest first; time where it isn't given."),
        new("take", $"Rows of a page, 1 to {MaxTake}; {DefaultTake} where it isn't given."),
        new("cursor", "nextCursor of the page before, in the same order."),
    ];

    /// <summary>The order of a name; null when there is none.</summary>
    public static SessionSort? SortOf(string name) => name switch
    {
        "cost" => SessionSort.Cost,
        "time" => SessionSort.Time,
        "length" => SessionSort.Length,
        "errors" => SessionSort.Errors,
        _ => null,
    };

    /// <summary>Reads the parameters of <c>GET /api/v1/sessions</c> strictly: what isn't known or can't be is an error.</summary>
    public static bool TryParse(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        QueryScope scope,
        [NotNullWhen(true)] out SessionQuery? query,
        [NotNullWhen(false)] out QueryError? error)
    {
        var reader = new ParameterReader(parameters);
        var text = reader.Take("sort") ?? "time";
        var sort = SortOf(text);
        if (sort is null)
        {
            reader.Fail("sort", $"sort can't be \"{text}\". Allowed: cost, time, length, errors.");
        }

        SessionCursor? cursor = null;
        if (reader.Take("cursor") is { } place && (cursor = SessionCursor.TryParse(place, sort ?? default)) is null)
        {
            reader.Fail("cursor", "cursor must be nextCursor of the page before, as it came, in the same order.");
        }

        query = new SessionQuery
        {
            Filter = ReportQuery.Read(reader, [], scope),
            Sort = sort ?? default,
            Take = reader.TakeNumber("take", 1, MaxTake, DefaultTake),
            Cursor = cursor,
        };
        reader.RefuseOthers(ReportFields.Table);
        error = reader.Error;
        query = error is null ? query : null;
        return error is null;
    }
}
