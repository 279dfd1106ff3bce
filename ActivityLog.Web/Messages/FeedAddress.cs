using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using Microsoft.AspNetCore.WebUtilities;

namespace ActivityLog.Web.Messages;

/// <summary>What the address of the feed says: which groups, which filters, which message is open. Filters have the API's names.</summary>
public sealed record FeedAddress
{
    /// <summary>Parameter of the groups shown.</summary>
    public const string GroupParameter = "show";

    /// <summary>Parameter of the open message.</summary>
    public const string OpenParameter = "message";

    /// <summary>Parameter of the text looked for.</summary>
    public const string SearchParameter = "q";

    /// <summary>Parameter of the time zone.</summary>
    public const string ZoneParameter = "tz";

    private static readonly string[] s_notFilters = [GroupParameter, OpenParameter, SearchParameter, ZoneParameter];

    /// <summary>Keys of the groups shown.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Whether the address names groups itself.</summary>
    public required bool HasGroups { get; init; }

    /// <summary>The conditions, by the API's names, but for the text looked for and the zone.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Filters { get; init; }

    /// <summary>The text looked for.</summary>
    public string? Search { get; init; }

    /// <summary>The time zone asked for.</summary>
    public string? Zone { get; init; }

    /// <summary>The message that is open.</summary>
    public Guid? Open { get; init; }

    /// <summary>Whether anything is narrowed.</summary>
    public bool IsNarrowed => Filters.Count > 0 || Search is not null || HasGroups;

    /// <summary>Reads an address.</summary>
    public static FeedAddress Read(string uri)
    {
        var parameters = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var groups = parameters.TryGetValue(GroupParameter, out var named) ? named.ToArray() : [];
        return new FeedAddress
        {
            Groups = [.. FeedGroup.All.Where(group => groups.Length == 0 ? group.IsDefault : groups.Contains(group.Key) || groups.Contains("all")).Select(static group => group.Key)],
            HasGroups = groups.Length > 0,
            Filters = [.. parameters.Where(static pair => !s_notFilters.Contains(pair.Key)).SelectMany(static pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""))).Distinct()],
            Search = parameters.TryGetValue(SearchParameter, out var search) && !string.IsNullOrWhiteSpace(search) ? search.ToString() : null,
            Zone = parameters.TryGetValue(ZoneParameter, out var zone) ? zone.ToString() : null,
            Open = parameters.TryGetValue(OpenParameter, out var open) && Guid.TryParse(open, out var id) ? id : null,
        };
    }

    /// <summary>The query of the feed; null with an error when a filter can't be read.</summary>
    public (MessageQuery? Query, QueryError? Error) ToQuery(QueryScope scope, int take) =>
        MessageQuery.TryParse(ToParameters(), scope, out var query, out var error) ? (query with { Take = take }, null) : (null, error);

    /// <summary>Where the API answers all that the feed would show, as a file.</summary>
    public string ExportHref(ExportFormat format) => "/api/v1/messages/export" + QueryString.Create(
        ToParameters().Select(static parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value)).Prepend(new("format", format.ToString().ToLowerInvariant())));

    private List<KeyValuePair<string, string>> ToParameters()
    {
        List<KeyValuePair<string, string>> parameters = [.. Filters];
        if (Search is not null)
        {
            parameters.Add(new("q", Search));
        }

        if (Zone is not null)
        {
            parameters.Add(new("tz", Zone));
        }

        // A type that the address names itself is meant, whatever the groups are.
        if (Filters.All(static filter => filter.Key != MessageFields.Type.Name))
        {
            var types = FeedGroup.All.Where(group => Groups.Contains(group.Key)).SelectMany(static group => group.Types).ToList();
            if (types.Count < FeedGroup.All.Sum(static group => group.Types.Count))
            {
                parameters.AddRange(types.Select(static type => KeyValuePair.Create(MessageFields.Type.Name, NameOf(type))));
            }
        }

        return parameters;
    }

    private static string NameOf(MessageType type) => MessageFields.Type.Choices.First(choice => choice.Number == (long)type).Name;
}
