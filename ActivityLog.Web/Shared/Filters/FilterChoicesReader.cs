using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;

namespace ActivityLog.Web.Shared.Filters;

/// <summary>Finds what the filters of a page offer: the Systems one may see, and who used which model in the days looked at.</summary>
internal sealed class FilterChoicesReader(IMessageStore messages, IModelColors colors, ISummaryChoices pinned)
{
    /// <summary>The choices. What is chosen is among them, whether it was used or not.</summary>
    public async Task<FilterChoices> ReadAsync(IReadOnlyList<MonitoredSystem> systems, PageFilters filters, CancellationToken cancellationToken)
    {
        var scope = new QueryScope(systems.ToDictionary(static system => system.Id, static system => system.Key), filters.Zone);
        var parameters = new Dictionary<string, string>
        {
            ["type"] = "ai.generation",
            ["groupBy"] = "userName,model,serviceName",
            ["metric"] = "count()",
            ["from"] = Period.Write(filters.Period.First),
            ["to"] = Period.Write(filters.Period.Last),
        };
        if (!MessageAggregate.TryParse([.. parameters], scope, out var query, out var error))
        {
            throw new InvalidOperationException(error.Message);
        }

        var rows = (await messages.AggregateAsync(query, cancellationToken)).Rows;
        var users = Names(rows, "userName").Union(filters.Users).Where(static name => name.Length > 0).Order(StringComparer.OrdinalIgnoreCase).ToList();
        var models = Names(rows, "model").Union(filters.Models).Where(static name => name.Length > 0).Order(StringComparer.OrdinalIgnoreCase).ToList();
        var hues = await colors.GetAsync(models, cancellationToken);
        var services = rows.Select(static row => row["serviceName"] as string).OfType<string>().Union(filters.Services).Where(static name => name.Length > 0).Order(StringComparer.OrdinalIgnoreCase);
        return new FilterChoices(
            [.. systems.Select(static system => new ChoiceOption(system.Id.ToString(), system.Name))],
            [.. users.Select(static user => new ChoiceOption(user, PersonName.Show(user)))],
            [.. models.Select(model => new ChoiceOption(model, model, hues[model]))],
            [.. services.Select(static service => new ChoiceOption(service, service))],
            (await pinned.GetAsync(cancellationToken)).PinnedKeys);
    }

    private static IEnumerable<string> Names(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows, string field) =>
        rows.Select(row => row[field] as string).OfType<string>().Distinct();
}
