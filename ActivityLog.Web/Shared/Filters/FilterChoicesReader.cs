using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;

namespace ActivityLog.Web.Shared.Filters;

/// <summary>Finds what the filters of a page offer: the Systems one may see, and who used which model in the days looked at.</summary>
internal sealed class FilterChoicesReader(IMessageStore messages, IModelColors colors, ISummaryChoices pinned)
{
    private static readonly string[] s_fields = ["userName", "model", "serviceName"];

    /// <summary>The choices. What is chosen is among them, whether it was used or not.</summary>
    public async Task<FilterChoices> ReadAsync(IReadOnlyList<MonitoredSystem> systems, PageFilters filters, CancellationToken cancellationToken)
    {
        var scope = new QueryScope(systems.ToDictionary(static system => system.Id, static system => system.Key), filters.Zone);
        // Field by field: together they are as many groups as people times models times services, more than an answer holds, and each alone is one look at the sums.
        var used = await Task.WhenAll(s_fields.Select(field => UsedAsync(field, scope, filters, cancellationToken)));
        var (users, models, services) = (Offered(used[0], filters.Users), Offered(used[1], filters.Models), Offered(used[2], filters.Services));
        var hues = await colors.GetAsync(models, cancellationToken);
        return new FilterChoices(
            [.. systems.Select(static system => new ChoiceOption(system.Id.ToString(), system.Name))],
            [.. users.Select(static user => new ChoiceOption(user, PersonName.Show(user)))],
            [.. models.Select(model => new ChoiceOption(model, model, hues[model]))],
            [.. services.Select(static service => new ChoiceOption(service, service))],
            (await pinned.GetAsync(cancellationToken)).PinnedKeys);
    }

    private static List<string> Offered(IEnumerable<string> used, IReadOnlyList<string> chosen) =>
        [.. used.Union(chosen).Where(static name => name.Length > 0).Order(StringComparer.OrdinalIgnoreCase)];

    // Of very many, those of the most calls.
    private async Task<IEnumerable<string>> UsedAsync(string field, QueryScope scope, PageFilters filters, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>
        {
            ["type"] = "ai.generation",
            ["groupBy"] = field,
            ["metric"] = "count()",
            ["from"] = Period.Write(filters.Period.First),
            ["to"] = Period.Write(filters.Period.Last),
        };
        if (!MessageAggregate.TryParse([.. parameters], scope, out var query, out var error))
        {
            throw new InvalidOperationException(error.Message);
        }

        return (await messages.AggregateAsync(query, cancellationToken)).Rows.Select(row => row[field] as string).OfType<string>();
    }
}
