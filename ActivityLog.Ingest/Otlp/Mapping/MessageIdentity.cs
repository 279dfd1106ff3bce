using ActivityLog.Core.Messages;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>Finds the key of a message: the same whichever part of it comes, in whatever order, however often.</summary>
internal static class MessageIdentity
{
    /// <summary>The key of a record.</summary>
    /// <param name="systemKey">The System it belongs to.</param>
    /// <param name="type">What it tells. Of calls good and failed ones have keys of their own.</param>
    /// <param name="ids">Its ids.</param>
    /// <param name="isSpan">A span without an id of the call is known by trace and span; a log record by its content.</param>
    /// <param name="contentHash">Hash of everything in it.</param>
    public static MessageKey Of(int systemKey, MessageType type, in RecordIds ids, bool isSpan, ulong contentHash)
    {
        var content = MessageKeys.Content(contentHash);
        var call = type switch
        {
            MessageType.Generation when ids.Request is not null => MessageKeys.Call(MessageKeys.CallSource.Generation, ids.Request),
            MessageType.Error when ids.Request is not null => MessageKeys.Call(MessageKeys.CallSource.Error, ids.Request),
            MessageType.Tool when ids.ToolUse is not null => MessageKeys.Call(MessageKeys.CallSource.Tool, ids.ToolUse),
            _ when isSpan && ids.Trace is not null && ids.Span is { } span => MessageKeys.Call(MessageKeys.CallSource.Span, $"{TraceText(ids.Trace)}{span:x16}"),
            _ => content,
        };
        return new(SessionOf(systemKey, type, ids, content), call);
    }

    // Without a session, the rows that belong together must still meet. Claude Code's two forms of a call have its id in common: a tool's where the row is about
    // a tool (its event bears the generation's request id too, its span doesn't), the request's where it is about a call. All others send spans: their trace.
    private static long SessionOf(int systemKey, MessageType type, in RecordIds ids, long content)
    {
        if (ids.Session is not null)
        {
            return MessageKeys.Session(systemKey, MessageKeys.SessionSource.Session, ids.Session);
        }

        if (!ids.IsClaude && ids.Trace is not null)
        {
            return MessageKeys.Session(systemKey, MessageKeys.SessionSource.Trace, TraceText(ids.Trace));
        }

        var isOfTool = type is MessageType.Tool or MessageType.Decision;
        if (isOfTool && ids.ToolUse is not null)
        {
            return MessageKeys.Session(systemKey, MessageKeys.SessionSource.ToolUse, ids.ToolUse);
        }

        if (!isOfTool && type is not (MessageType.Span or MessageType.Turn) && ids.Request is not null)
        {
            return MessageKeys.Session(systemKey, MessageKeys.SessionSource.Request, ids.Request);
        }

        return ids.Trace is not null
            ? MessageKeys.Session(systemKey, MessageKeys.SessionSource.Trace, TraceText(ids.Trace))
            : MessageKeys.Session(systemKey, MessageKeys.SessionSource.Content, $"{content:x16}");
    }

    private static string TraceText(byte[] trace) => Convert.ToHexStringLower(trace);
}
