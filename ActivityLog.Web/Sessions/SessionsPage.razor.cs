using ActivityLog.Core.Reports;
using ActivityLog.Core.Sessions;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Shared.Filters;
using Microsoft.AspNetCore.Components;

namespace ActivityLog.Web.Sessions;

/// <summary>Sessions, by time, cost, length or errors.</summary>
public sealed partial class SessionsPage
{
    private const int PageSize = 50;
    private const int MostModels = 2;

    private SessionList _sessions = new([], null);
    private IReadOnlyDictionary<string, string> _colors = new Dictionary<string, string>();

    /// <summary>The order, by the API's names; by time where none is given.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>Where the page before ended.</summary>
    [SupplyParameterFromQuery(Name = PageParameter.Cursor)]
    public string? Cursor { get; set; }

    [Inject]
    private ISessionStore Sessions { get; set; } = default!;

    [Inject]
    private IModelColors ModelColors { get; set; } = default!;

    protected override string Subject => $"{Sort} {Cursor}";

    private SessionSort Order => SessionQuery.SortOf(Sort ?? "") ?? SessionSort.Time;

    private int Digits => Format.MoneyDigits(_sessions.Items.Select(static session => session.CostNanodollars).DefaultIfEmpty().Max());

    protected override async Task LoadAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var sessions = await Sessions.ListAsync(
            new SessionQuery { Filter = query, Sort = Order, Take = PageSize, Cursor = Cursor is null ? null : SessionCursor.TryParse(Cursor, Order) }, cancellationToken);
        _colors = await ModelColors.GetAsync(sessions.Items.SelectMany(static session => session.Models).Distinct(), cancellationToken);
        _sessions = sessions;
    }

    private static long Tokens(SessionView session) => session.InputTokens + session.OutputTokens + session.CacheReadTokens + session.CacheCreateTokens;

    private string When(SessionView session) =>
        session.EndedAt is { } end ? Format.Moment(end, Filters.Zone, Clock.GetUtcNow().UtcDateTime) : Format.Unknown;

    private string Here(string? cursor) => Navigation.GetUriWithQueryParameter(PageParameter.Cursor, cursor);

    // Another order begins with its first page.
    private string Ordered(SessionSort sort) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["sort"] = sort == SessionSort.Time ? null : sort.ToString().ToLowerInvariant(),
        [PageParameter.Cursor] = null,
    });
}
