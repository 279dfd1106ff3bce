namespace ActivityLog.Core.Messages;

/// <summary>
/// Finds the generation that asked for a tool (DESIGN 4, "Parent of a tool call"). Only the request id says it for sure; the other rules are answered at read,
/// since later rows can change them.
/// </summary>
internal sealed class ToolParents
{
    private const string BySpanTree = "best guess: nearest generation above it in the span tree";
    private const string ByStart = "best guess: latest generation of the session that began before it";
    private const int MaxDepth = 64;

    private readonly Dictionary<(int, string, long), RelatedRow> _spans = [];
    private readonly Dictionary<(int, MessageKey), RelatedRow> _rows = [];
    private readonly Dictionary<(int, long, string?), List<RelatedRow>> _generations;

    /// <summary>From the rows of the sessions and traces asked about.</summary>
    public ToolParents(IReadOnlyList<RelatedRow> rows)
    {
        foreach (var row in rows)
        {
            _rows[(row.SystemKey, row.Key)] = row;
            if (row.IsSpan && row is { TraceId: { } trace, SpanId: { } span })
            {
                _spans[(row.SystemKey, trace, span)] = row;
            }
        }

        _generations = rows.Where(static row => row.Type == MessageType.Generation && row.SessionId is not null && !IsSideCall(row.QuerySource))
            .GroupBy(static row => (row.SystemKey, row.Key.Session, row.AgentId))
            .ToDictionary(static group => group.Key, static group => group.OrderBy(static row => row.StartedAt).ThenBy(static row => row.Key.Call).ToList());
    }

    /// <summary>The parent that the request id says; null without one.</summary>
    public static ToolParent? ByRequest(int systemKey, string? sessionId, string? requestId) =>
        requestId is null ? null : new ToolParent(MessageKeys.Generation(systemKey, sessionId, requestId), null);

    /// <summary>The parent of a tool call; null where none is known.</summary>
    public ToolParent? Of(int systemKey, MessageKey key) => _rows.TryGetValue((systemKey, key), out var tool) ? Of(tool) : null;

    /// <summary>The parent of a tool call; null where none is known.</summary>
    public ToolParent? Of(RelatedRow tool) => ByRequest(tool.SystemKey, tool.SessionId, tool.RequestId) ?? Above(tool) ?? Before(tool);

    private ToolParent? Above(RelatedRow tool)
    {
        var row = tool;
        for (var depth = 0; depth < MaxDepth && row is { TraceId: { } trace, ParentSpanId: { } parent }; depth++)
        {
            row = _spans.GetValueOrDefault((row.SystemKey, trace, parent));
            if (row?.Type == MessageType.Generation)
            {
                return new ToolParent(row.Key, BySpanTree);
            }
        }

        return null;
    }

    // A tool may start while the answer still streams: what counts is when the call began.
    private ToolParent? Before(RelatedRow tool) =>
        _generations.TryGetValue((tool.SystemKey, tool.Key.Session, tool.AgentId), out var generations)
        && generations.LastOrDefault(generation => generation.StartedAt <= tool.StartedAt) is { } latest
            ? new ToolParent(latest.Key, ByStart)
            : null;

    // Calls that Claude Code makes beside the conversation (titles, summaries, compaction) ask for no tool.
    private static bool IsSideCall(string? querySource) => querySource is not (null or "" or "sdk" or "main" or "subagent")
        && !querySource.StartsWith("repl_main_thread", StringComparison.Ordinal) && !querySource.StartsWith("agent:", StringComparison.Ordinal);
}
