using ActivityLog.Core.Checks;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace ActivityLog.Web.Checks;

/// <summary>Spend three times over, from events, from spans and from metrics, and each difference with its name: over days, of a person or of a session.</summary>
public sealed partial class IsItRightPage
{
    private const string SessionParameter = "sessionId";
    private const int ShortId = 8;
    private const int LongDays = 31;

    private SpendCheck? _check;

    /// <summary>Of one session alone.</summary>
    [SupplyParameterFromQuery(Name = SessionParameter)]
    public string? SessionId { get; set; }

    /// <summary>First day of the range, where the address says one: what a session is is known without.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [Inject]
    private SpendCheckStore Checks { get; set; } = default!;

    protected override string Subject => SessionId ?? "";

    private bool IsOfOneSession => !string.IsNullOrEmpty(SessionId);

    // A session is looked at as a whole unless days are asked for.
    private bool IsWhole => IsOfOneSession && From is null && Range is null;

    private string CsvHref => "/api/v1/reports/is-it-right" + QueryString.Create(
    [
        .. Filters.Parameters().Where(parameter => !IsWhole || parameter.Key is not ("from" or "to")),
        .. IsOfOneSession ? [new KeyValuePair<string, string?>(SessionParameter, SessionId)] : Array.Empty<KeyValuePair<string, string?>>(),
        new KeyValuePair<string, string?>("format", "csv"),
    ]);

    protected override async Task LoadAsync(ReportQuery query, CancellationToken cancellationToken) =>
        _check = await Checks.RunAsync(IsWhole ? query with { From = null, To = null } : query, IsOfOneSession ? SessionId : null, cancellationToken);

    private static int Amiss(SpendCheck check) => check.Differences.Count(static difference => difference.IsAmiss);

    private static string Agreement(SpendCheck check)
    {
        List<string> sources = [];
        if (check.Events.Calls > 0)
        {
            sources.Add("events");
        }

        if (check.Spans.Calls > 0)
        {
            sources.Add("spans");
        }

        if (check.Metrics != default)
        {
            sources.Add("metrics");
        }

        var sum = $"{Format.MoneyExact(check.Counted.CostNanodollars)} in {Format.Count(check.Counted.Calls)} calls";
        return sources switch
        {
            [] => "No spend is told here.",
            [var only] => $"{Upper(only)} alone tell: {sum}.",
            _ => $"{Upper(string.Join(", ", sources[..^1]))} and {sources[^1]} agree: {sum}.",
        };
    }

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
