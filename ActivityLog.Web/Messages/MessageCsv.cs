using System.Globalization;
using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Web.Reports;

namespace ActivityLog.Web.Messages;

/// <summary>Messages as CSV: the fields of the API's JSON by their names, the attributes as JSON in one column.</summary>
internal static class MessageCsv
{
    private static readonly (string Name, Func<MessageView, object?> Value)[] s_columns =
    [
        ("id", static message => message.Id),
        ("systemId", static message => message.SystemId),
        ("tokenId", static message => message.TokenId),
        ("signal", static message => Names<MessageSignal>.Of(message.Signal)),
        ("type", static message => Names<MessageType>.Of(message.Type)),
        ("name", static message => message.Name),
        ("level", static message => Names<MessageLevel>.Of(message.Level)),
        ("status", static message => Names<MessageStatus>.Of(message.Status)),
        ("error", static message => message.Error),
        ("serviceName", static message => message.ServiceName),
        ("occurredAt", static message => Time(message.OccurredAt)),
        ("startedAt", static message => Time(message.StartedAt)),
        ("receivedAt", static message => Time(message.ReceivedAt)),
        ("expiresAt", static message => Time(message.ExpiresAt)),
        ("model", static message => message.Model),
        ("provider", static message => message.Provider),
        ("inputTokens", static message => message.InputTokens),
        ("outputTokens", static message => message.OutputTokens),
        ("cacheReadTokens", static message => message.CacheReadTokens),
        ("cacheCreateTokens", static message => message.CacheCreateTokens),
        ("costMicrocents", static message => message.CostMicrocents),
        ("listCostMicrocents", static message => message.ListCostMicrocents),
        ("durationMs", static message => message.DurationMs),
        ("timeToFirstTokenMs", static message => message.TimeToFirstTokenMs),
        ("userName", static message => message.UserName),
        ("sessionId", static message => message.SessionId),
        ("promptId", static message => message.PromptId),
        ("requestId", static message => message.RequestId),
        ("toolName", static message => message.ToolName),
        ("toolUseId", static message => message.ToolUseId),
        ("agentName", static message => message.AgentName),
        ("traceId", static message => message.TraceId),
        ("spanId", static message => message.SpanId),
        ("parentSpanId", static message => message.ParentSpanId),
        ("parentId", static message => message.ParentId),
        ("body", static message => message.Body),
        ("bodyCut", static message => message.BodyCut ? "true" : "false"),
        ("conflict", static message => message.Conflict ? "true" : "false"),
        ("metadata", static message => JsonSerializer.Serialize(message.Metadata)),
    ];

    /// <summary>The first line.</summary>
    public static string Head { get; } = string.Join(',', s_columns.Select(static column => column.Name)) + CsvWriter.LineEnd;

    /// <summary>A message's line.</summary>
    public static string Line(MessageView message) => string.Join(',', s_columns.Select(column => CsvWriter.Cell(column.Value(message)))) + CsvWriter.LineEnd;

    private static string? Time(DateTime? utc) => utc?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    // An enum's values as the API spells them.
    private static class Names<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<long, string> s_all = FieldChoice.Of<T>().ToDictionary(static choice => choice.Number, static choice => choice.Name);

        public static string? Of(T? value) => value is { } known ? s_all[Convert.ToInt64(known, CultureInfo.InvariantCulture)] : null;
    }
}
