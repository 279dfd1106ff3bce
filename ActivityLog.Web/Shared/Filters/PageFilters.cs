using ActivityLog.Core.Queries;
using Microsoft.AspNetCore.WebUtilities;

namespace ActivityLog.Web.Shared.Filters;

/// <summary>What a page is narrowed to, as its address says it: the same words on every page that has filters.</summary>
public sealed record PageFilters
{
    /// <summary>How parameters of metadata begin: <c>metadata.team=core</c>.</summary>
    public const string MetadataPrefix = FieldTable.MetadataPrefix;

    private const int MostMetadata = 10;

    /// <summary>The days.</summary>
    public required Period Period { get; init; }

    /// <summary>The zone whose days they are.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Ids of Systems; empty for all.</summary>
    public IReadOnlyList<Guid> Systems { get; init; } = [];

    /// <summary>People; empty for all.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Models; empty for all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Services; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Attributes and their values, those of one attribute side by side; empty for all.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>The part of the address that says all this, <c>?range=7d&amp;user=mira</c>; empty where nothing is said.</summary>
    public string Query { get; init; } = "";

    /// <summary>Whether anything but the days is narrowed.</summary>
    public bool IsNarrowed => Systems.Count + Users.Count + Models.Count + Services.Count + Metadata.Count > 0;

    /// <summary>First moment of the first day, UTC.</summary>
    public DateTime FromUtc => StartOf(Period.First);

    /// <summary>First moment after the last day, UTC.</summary>
    public DateTime ToUtc => StartOf(Period.Last.AddDays(1));

    /// <summary>Reads an address. What can't be read counts as absent.</summary>
    public static PageFilters Read(string uri, TimeZoneInfo installation, DateTime nowUtc)
    {
        var parameters = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var zone = QueryTimes.TryFindZone(One("tz") ?? "") ?? installation;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(nowUtc, zone));
        return new PageFilters
        {
            Period = Period.Read(One("range"), One("from"), One("to"), today),
            Zone = zone,
            // What is no id is no System: it leaves nothing, rather than all.
            Systems = [.. All("systemId").Select(static text => Guid.TryParse(text, out var id) ? id : Guid.Empty)],
            Users = All("user"),
            Models = All("model"),
            Services = All("serviceName"),
            Metadata =
            [
                .. parameters.Where(static pair => IsMetadata(pair.Key))
                    .SelectMany(static pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key[MetadataPrefix.Length..], value ?? ""))).Take(MostMetadata),
            ],
            Query = QueryOf(uri),
        };

        string? One(string name) => parameters.TryGetValue(name, out var values) ? values.ToString() : null;

        string[] All(string name) => parameters.TryGetValue(name, out var values) ? [.. values.OfType<string>().Distinct()] : [];
    }

    /// <summary>Of an address, the part that is kept when one goes to another page with filters.</summary>
    public static string QueryOf(string uri) => QueryString.Create(QueryHelpers.ParseQuery(new Uri(uri).Query)
        .Where(static pair => pair.Key is "range" or "from" or "to" or "tz" or "systemId" or "user" or "model" or "serviceName" || IsMetadata(pair.Key))).Value ?? "";

    /// <summary>The range, the zone and the filters as parameters of an address.</summary>
    /// <param name="first">First day; null for the first of the range.</param>
    /// <param name="last">Last day; null for <paramref name="first"/>, or the last of the range.</param>
    /// <param name="user">What people are called.</param>
    public IEnumerable<KeyValuePair<string, string?>> Parameters(DateOnly? first = null, DateOnly? last = null, string user = "user") =>
    [
        new("from", Period.Write(first ?? Period.First)), new("to", Period.Write(last ?? first ?? Period.Last)), new("tz", Zone.Id),
        .. Systems.Select(static id => KeyValuePair.Create("systemId", (string?)id.ToString())),
        .. Users.Select(one => KeyValuePair.Create(user, (string?)one)),
        .. Models.Select(static one => KeyValuePair.Create("model", (string?)one)),
        .. Services.Select(static one => KeyValuePair.Create("serviceName", (string?)one)),
        .. Metadata.Select(static pair => KeyValuePair.Create(MetadataPrefix + pair.Key, (string?)pair.Value)),
    ];

    /// <summary>When a day begins in the zone. Where the clock jumps over midnight, with the first moment that exists.</summary>
    public DateTime StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        // Where midnight comes twice, the day begins with the first: the larger offset.
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    private static bool IsMetadata(string parameter) => parameter.Length > MetadataPrefix.Length && parameter.StartsWith(MetadataPrefix, StringComparison.Ordinal);
}
