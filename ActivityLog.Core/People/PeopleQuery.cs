using System.Diagnostics.CodeAnalysis;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.People;

/// <summary>Which names of people.</summary>
public sealed record PeopleQuery
{
    /// <summary>Most names of a page.</summary>
    public const int MaxTake = 1_000;

    /// <summary>Names of a page where the query doesn't say.</summary>
    public const int DefaultTake = 200;

    /// <summary>Text in the name, in either case; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>Only those that something is suggested for.</summary>
    public bool Suggested { get; init; }

    /// <summary>Names of a page, 1 to <see cref="MaxTake"/>.</summary>
    public int Take { get; init; } = DefaultTake;

    /// <summary>The name that the page before ended with; null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>The parameters, for the API's description.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("q", "Text in the name, in either case."),
        new("suggested", "true for those alone that another name is suggested for."),
        new("take", $"Names of a page, 1 to {MaxTake}; {DefaultTake} where it isn't given."),
        new("cursor", "nextCursor of the page before."),
    ];

    /// <summary>Reads the parameters of <c>GET /api/v1/people</c> strictly: what isn't known or can't be is an error.</summary>
    public static bool TryParse(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        [NotNullWhen(true)] out PeopleQuery? query,
        [NotNullWhen(false)] out QueryError? error)
    {
        var reader = new ParameterReader(parameters);
        var suggested = reader.Take("suggested");
        if (suggested is not (null or "true" or "false"))
        {
            reader.Fail("suggested", $"suggested can't be \"{suggested}\". Allowed: true, false.");
        }

        query = new PeopleQuery
        {
            Search = reader.Take("q") is { Length: > 0 } search ? search : null,
            Suggested = suggested == "true",
            Take = reader.TakeNumber("take", 1, MaxTake, DefaultTake),
            After = reader.Take("cursor"),
        };
        reader.RefuseOthers(s_none);
        error = reader.Error;
        query = error is null ? query : null;
        return error is null;
    }

    private static readonly FieldTable s_none = new([], hasMetadata: false);
}
