namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>What Claude Code says by being Claude Code.</summary>
internal static class Claude
{
    /// <summary>Who serves its models; its spans say so, its events don't.</summary>
    public const string Provider = "anthropic";

    /// <summary>Name of the span of a tool call, of those that ran and those that were denied.</summary>
    public const string ToolSpan = "claude_code.tool";

    public static bool IsScope(string scope) => scope.StartsWith("com.anthropic.claude_code", StringComparison.Ordinal);
}
