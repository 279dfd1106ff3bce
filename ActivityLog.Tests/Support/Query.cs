using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Systems;

namespace ActivityLog.Tests.Support;

/// <summary>Queries written as in an address: <c>type=ai.generation&amp;groupBy=model</c>.</summary>
internal static class Query
{
    public static MessageQuery Messages(MonitoredSystem system, string text = "") =>
        MessageQuery.TryParse(Parameters(text), Scope(system), out var query, out var error) ? query : throw new ArgumentException(error.Message, nameof(text));

    public static MessageAggregate Aggregate(MonitoredSystem system, string text) =>
        MessageAggregate.TryParse(Parameters(text), Scope(system), out var query, out var error)
            ? query
            : throw new ArgumentException(error.Message, nameof(text));

    public static MetricAggregate Metrics(MonitoredSystem system, string text) =>
        MetricAggregate.TryParse(Parameters(text), Scope(system), out var query, out var error) ? query : throw new ArgumentException(error.Message, nameof(text));

    public static ReportQuery Report(MonitoredSystem system, string text = "", params IReadOnlyList<ReportParameter> own) =>
        ReportQuery.TryParse(Parameters(text), own, Scope(system), out var query, out var error) ? query : throw new ArgumentException(error.Message, nameof(text));

    /// <summary>What is wrong with a text.</summary>
    public static QueryError ErrorOf(string text) =>
        MessageAggregate.TryParse(Parameters(text), Scope(), out _, out var error) ? throw new ArgumentException("It can be parsed.", nameof(text)) : error;

    public static QueryScope Scope(params IReadOnlyList<MonitoredSystem> systems) =>
        new(systems.ToDictionary(static s => s.Id, static s => s.Key), TimeZoneInfo.Utc);

    /// <summary>Rows as text, a line a row: values in the order of groups and metrics.</summary>
    public static string[] Lines(this AggregateResult result) =>
        [.. result.Rows.Select(static row => string.Join(" | ", row.Values.Select(static value => FormattableString.Invariant($"{value ?? "null"}"))))];

    public static List<KeyValuePair<string, string>> Parameters(string text) =>
    [
        .. text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=', 2))
            .Select(static pair => KeyValuePair.Create(Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1]))),
    ];
}
