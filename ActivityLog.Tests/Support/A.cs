using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using static ActivityLog.Core.Messages.MessageKeys;

namespace ActivityLog.Tests.Support;

/// <summary>Builds what tests store. A test names what matters to it, in the arguments or in <c>with</c>; the rest is plausible.</summary>
internal static class A
{
    public const string Session = "7a0ee2d7-31cf-423f-b734-b70746af50ab";

    private static int s_contents;

    /// <summary>Minute 0 of every builder.</summary>
    public static DateTime Noon { get; } = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>A log record like no other.</summary>
    public static Message Message(MonitoredSystem system, int minute = 0, string session = Session, Action<Message>? with = null) =>
        Build(system, session, Content((ulong)Interlocked.Increment(ref s_contents)), MessageParts.Event, MessageType.Log, "log", minute, with);

    /// <summary>The event of a call; it carries tokens and cost.</summary>
    public static Message Generation(
        MonitoredSystem system, string requestId, int minute = 0, string session = Session, long costNanodollars = 1_000_000, Action<Message>? with = null) =>
        Build(system, session, Call(CallSource.Generation, requestId), MessageParts.Event, MessageType.Generation, "api_request", minute, message =>
        {
            message.RequestId = requestId;
            message.Model = "claude-sonnet-5-5";
            message.Provider = "anthropic";
            message.InputTokens = 10;
            message.OutputTokens = 20;
            message.CacheReadTokens = 300;
            message.CacheCreateTokens = 40;
            message.CostNanodollars = costNanodollars;
            message.DurationMs = 1500;
            message.StartedAt = message.OccurredAt.AddMilliseconds(-1500);
            with?.Invoke(message);
        });

    /// <summary>The span of the same call; it carries trace, parent and status, and no cost.</summary>
    public static Message GenerationSpan(
        MonitoredSystem system, string requestId, int minute = 0, string session = Session, Action<Message>? with = null) =>
        Build(system, session, Call(CallSource.Generation, requestId), MessageParts.Span, MessageType.Generation, "llm_request", minute, message =>
        {
            message.RequestId = requestId;
            message.Model = "claude-sonnet-5-5";
            message.InputTokens = 10;
            message.OutputTokens = 20;
            message.CacheReadTokens = 300;
            message.CacheCreateTokens = 40;
            message.Status = MessageStatus.Ok;
            message.TraceId = Convert.FromHexString("0af7651916cd43dd8448eb211c80319c");
            message.SpanId = 0x00f067aa0ba902b7;
            message.StartedAt = message.OccurredAt.AddMilliseconds(-1500);
            with?.Invoke(message);
        });

    /// <summary>The result of a tool use.</summary>
    public static Message Tool(
        MonitoredSystem system, string toolUseId, int minute = 0, string session = Session, string toolName = "Bash", Action<Message>? with = null) =>
        Build(system, session, Call(CallSource.Tool, toolUseId), MessageParts.Event, MessageType.Tool, "tool_result", minute, message =>
        {
            message.ToolUseId = toolUseId;
            message.ToolName = toolName;
            message.Status = MessageStatus.Ok;
            message.DurationMs = 30;
            with?.Invoke(message);
        });

    /// <summary>A point of delta <c>claude_code.cost.usage</c>, in USD; points of one session and model are one series.</summary>
    public static MetricPoint Point(
        MonitoredSystem system, int minute = 0, string session = Session, double value = 0.25, string model = "claude-sonnet-5-5") => new()
        {
            SystemKey = system.Key,
            SeriesKey = MessageKeys.Session(system.Key, SessionSource.Content, $"{session} {model}"),
            TokenKey = 1,
            Name = "claude_code.cost.usage",
            Unit = "USD",
            Kind = MetricKind.Sum,
            Temporality = MetricTemporality.Delta,
            StartedAt = Noon.AddMinutes(minute - 1),
            OccurredAt = Noon.AddMinutes(minute),
            ReceivedAt = Noon.AddMinutes(minute).AddSeconds(1),
            Value = value,
            ServiceName = "claude-code",
            UserName = "alice",
            SessionId = session,
            Model = model,
            Attributes = AttributeSet.Empty,
            Metadata = $$"""{"model":"{{model}}","session.id":"{{session}}"}""",
        };

    /// <summary>What one request brought. Make the messages anew to send them twice: the store may join parts in place.</summary>
    public static TelemetryBatch Batch(params IReadOnlyList<Message> messages) => new(messages.Count > 0 ? messages[0].TokenKey : 1, messages, []);

    private static Message Build(
        MonitoredSystem system, string session, long callKey, MessageParts parts, MessageType type, string name, int minute, Action<Message>? with)
    {
        var occurredAt = Noon.AddMinutes(minute);
        var message = new Message
        {
            SystemKey = system.Key,
            Key = new(MessageKeys.Session(system.Key, SessionSource.Session, session), callKey),
            TokenKey = 1,
            Parts = parts,
            Type = type,
            Name = name,
            OccurredAt = occurredAt,
            ReceivedAt = occurredAt.AddSeconds(1),
            ServiceName = "claude-code",
            UserName = "alice",
            SessionId = session,
        };
        with?.Invoke(message);
        return message;
    }
}
