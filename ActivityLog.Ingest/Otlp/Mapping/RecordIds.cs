namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>The ids that a record bears; null for those it doesn't.</summary>
/// <param name="Session">The session.</param>
/// <param name="Request">The call of a model.</param>
/// <param name="ToolUse">The use of a tool.</param>
/// <param name="Trace">The trace, 16 bytes.</param>
/// <param name="Span">The span; of a log record the one it was written in.</param>
/// <param name="IsClaude">Whether Claude Code sent it: there both forms of a call bear its id, or neither.</param>
internal readonly record struct RecordIds(string? Session, string? Request, string? ToolUse, byte[]? Trace, long? Span, bool IsClaude);
