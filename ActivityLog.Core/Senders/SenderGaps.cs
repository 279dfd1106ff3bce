using System.Globalization;

namespace ActivityLog.Core.Senders;

/// <summary>What a Claude Code sends too little of, with the line that mends it, and what it may send besides. Other senders choose for themselves what they send.</summary>
public static class SenderGaps
{
    private const string Otlp = "otlp";

    // Logs and traces come every 5 s, metrics every 60 s: after this what hasn't come won't.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    // A signal that came once and doesn't any more, while others do.
    private static readonly TimeSpan s_silence = TimeSpan.FromDays(1);

    private static readonly Version s_firstWithTraces = new(2, 0);
    private static readonly Version s_firstWithAllIds = new(2, 1);

    /// <summary>What is missing; nothing while it is too early to tell.</summary>
    /// <param name="sender">The sender.</param>
    /// <param name="now">The moment that it is judged at, UTC.</param>
    public static IReadOnlyList<SenderGap> Of(Sender sender, DateTime now)
    {
        if (!sender.IsClaudeCode || now - sender.FirstSeenAt < s_patience)
        {
            return [];
        }

        var version = VersionOf(sender.Version);
        var gaps = new List<SenderGap>();
        if (State(sender, sender.LastLogsAt) is { } logs)
        {
            gaps.Add(new($"{logs} logs: no cost of single calls, no prompts, no tools", Set(sender, ("CLAUDE_CODE_ENABLE_TELEMETRY", "1"), ("OTEL_LOGS_EXPORTER", Otlp))));
        }

        if (version < s_firstWithTraces)
        {
            gaps.Add(new($"version {sender.Version} has no traces: no waterfall, no time to first token", "claude update"));
        }
        else
        {
            if (State(sender, sender.LastTracesAt) is { } traces)
            {
                // The older name is known to all versions, the newer one to newer ones only.
                var switchName = version < s_firstWithAllIds ? "ENABLE_ENHANCED_TELEMETRY_BETA" : "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA";
                gaps.Add(new($"{traces} traces: no waterfall, no time to first token", Set(sender, (switchName, "1"), ("OTEL_TRACES_EXPORTER", Otlp))));
            }

            if (version < s_firstWithAllIds)
            {
                gaps.Add(new($"version {sender.Version} doesn't say which prompt a call belongs to: no cost of single prompts", "claude update"));
            }
        }

        if (State(sender, sender.LastMetricsAt) is { } metrics)
        {
            gaps.Add(new($"{metrics} metrics: no lines of code, commits and active time", Set(sender, ("OTEL_METRICS_EXPORTER", Otlp))));
        }

        if (!sender.IsNamed)
        {
            gaps.Add(new("no name: its cost is nobody's", Set(sender, ("OTEL_RESOURCE_ATTRIBUTES", $"service.name=claude-code,user.name={(IsWindows(sender) ? "$env:USERNAME" : "$USER")}"))));
        }

        if (sender.SendsPrompts == false)
        {
            gaps.Add(new(
                "prompts come without their text, as they do unless somebody chooses otherwise: with this line what people type is sent and stored here, for all who may see their messages",
                Set(sender, ("OTEL_LOG_USER_PROMPTS", "1")), IsOptional: true));
        }

        return gaps;
    }

    private static bool IsWindows(Sender sender) => sender.OsType?.StartsWith("win", StringComparison.OrdinalIgnoreCase) ?? false;

    private static string Set(Sender sender, params (string Name, string Value)[] variables) => IsWindows(sender)
        ? string.Join("; ", variables.Select(static one => $"$env:{one.Name}=\"{one.Value}\""))
        : $"export {string.Join(' ', variables.Select(static one => one.Value.Contains('$', StringComparison.Ordinal) ? $"{one.Name}=\"{one.Value}\"" : $"{one.Name}={one.Value}"))}";

    private static string? State(Sender sender, DateTime? lastAt) => lastAt switch
    {
        null => "no",
        { } at when sender.LastSeenAt - at > s_silence => string.Create(CultureInfo.InvariantCulture, $"since {at:yyyy-MM-dd} no"),
        _ => null,
    };

    // One that can't be read is taken for a new one: it is better to advise too little.
    private static Version VersionOf(string? text) =>
        Version.TryParse(text?.Split('-', '+')[0], out var version) ? version : new Version(int.MaxValue, 0);
}
