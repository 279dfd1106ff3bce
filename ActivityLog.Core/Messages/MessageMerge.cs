namespace ActivityLog.Core.Messages;

/// <summary>
/// Makes one message of its parts. Usage, cost, time and person come from the event; trace, parent, status and start from the span; that a tool was denied from
/// the decision (DESIGN 4, "Two parts of one call"). The result is the same whichever part comes first.
/// </summary>
internal static class MessageMerge
{
    /// <summary>Whether <paramref name="incoming"/> tells something that <paramref name="kept"/> doesn't hold yet.</summary>
    public static bool Adds(MessageRank kept, MessageRank incoming) =>
        (incoming.Parts & ~kept.Parts) != 0
        || (kept.HasEvent && incoming.HasEvent && !kept.SameEvent(incoming) && kept.CompareEvents(incoming) < 0)
        || (!kept.IsConflict && Conflict(kept, incoming))
        || (kept.HasSpan && incoming.HasSpan && kept.CompareSpans(incoming) < 0);

    /// <summary>One message of two with the same key.</summary>
    /// <param name="kept">What is known; may be changed.</param>
    /// <param name="incoming">What came; may be changed.</param>
    /// <param name="bodyCharacters">Characters of a body that the System's plan keeps.</param>
    public static Message Merge(Message kept, Message incoming, int bodyCharacters)
    {
        var (keptRank, incomingRank) = (MessageRank.Of(kept), MessageRank.Of(incoming));
        if (!Adds(keptRank, incomingRank))
        {
            return kept;
        }

        var span = Pick(keptRank, incomingRank, MessageParts.Span, static (one, other) => one.CompareSpans(other)) is { } isKept ? (isKept ? kept : incoming) : null;
        // The event leads; without one the span; a denial only adds that it was denied.
        var lead = Pick(keptRank, incomingRank, MessageParts.Event, static (one, other) => one.CompareEvents(other)) is { } leads ? (leads ? kept : incoming) : span ?? kept;
        var other = ReferenceEquals(lead, kept) ? incoming : kept;
        span ??= lead;

        var merged = (other.Parts & ~lead.Parts) == 0 && ReferenceEquals(span, lead) ? lead.Copy() : Join(lead, other, span, bodyCharacters);
        merged.ReceivedAt = Earlier(kept.ReceivedAt, incoming.ReceivedAt);
        merged.ExpiresAt = Later(kept.ExpiresAt, incoming.ExpiresAt);
        merged.Marks |= Conflict(keptRank, incomingRank) ? MessageMarks.Conflict : MessageMarks.None;
        return merged;
    }

    // Events of one id that don't say the same, in the two or already in what came.
    private static bool Conflict(MessageRank kept, MessageRank incoming) =>
        incoming.IsConflict || kept.IsConflict || (kept.HasEvent && incoming.HasEvent && !kept.SameEvent(incoming));

    // Whether the part is taken from what is kept; null where neither has it.
    private static bool? Pick(MessageRank kept, MessageRank incoming, MessageParts part, Func<MessageRank, MessageRank, int> compare) =>
        (kept.Parts.HasFlag(part), incoming.Parts.HasFlag(part)) switch
        {
            (true, true) => compare(kept, incoming) >= 0,
            (true, false) => true,
            (false, true) => false,
            _ => null,
        };

    private static Message Join(Message lead, Message other, Message span, int bodyCharacters)
    {
        var rest = ReferenceEquals(span, lead) ? other : lead;
        var parts = lead.Parts | other.Parts;
        var otherIsDenial = other.Parts == MessageParts.Denial;
        var tokens = TokensOf(lead, other, span);
        var isOfSpan = parts.HasFlag(MessageParts.Event) && !TellsTokens(tokens, MessageParts.Event) && HasTokens(tokens);

        var (body, cut) = JoinBodies(lead, other, bodyCharacters);
        return new Message
        {
            SystemKey = lead.SystemKey,
            Key = lead.Key,
            TokenKey = lead.TokenKey,
            Parts = parts,
            Type = lead.Type,
            Name = lead.Name,
            OccurredAt = lead.OccurredAt,
            StartedAt = span.StartedAt ?? rest.StartedAt,
            ReceivedAt = lead.ReceivedAt,
            Level = lead.Level ?? other.Level,
            Status = parts.HasFlag(MessageParts.Denial) ? MessageStatus.Denied : span.Status ?? rest.Status,
            Error = lead.Error ?? other.Error,
            ServiceName = lead.ServiceName ?? other.ServiceName,
            Model = lead.Model ?? other.Model,
            Provider = lead.Provider ?? other.Provider,
            UserName = lead.UserName ?? other.UserName,
            // A span names the tool of an MCP server where the event says only "mcp_tool" (WIRE 2, Tools).
            ToolName = span.ToolName ?? rest.ToolName,
            AgentName = lead.AgentName ?? other.AgentName,
            SessionId = lead.SessionId ?? other.SessionId,
            PromptId = lead.PromptId ?? other.PromptId,
            RequestId = lead.RequestId ?? other.RequestId,
            ToolUseId = lead.ToolUseId ?? other.ToolUseId,
            TraceId = span.TraceId ?? rest.TraceId,
            SpanId = span.TraceId is null ? rest.SpanId : span.SpanId,
            ParentSpanId = span.TraceId is null ? rest.ParentSpanId : span.ParentSpanId,
            InputTokens = tokens.InputTokens,
            OutputTokens = tokens.OutputTokens,
            CacheReadTokens = tokens.CacheReadTokens,
            CacheCreateTokens = tokens.CacheCreateTokens,
            CostNanodollars = lead.CostNanodollars ?? other.CostNanodollars,
            DurationMs = lead.DurationMs ?? other.DurationMs,
            TimeToFirstTokenMs = lead.TimeToFirstTokenMs ?? other.TimeToFirstTokenMs,
            Body = body,
            Marks = ((lead.Marks | other.Marks) & ~MessageMarks.TokensOfSpan)
                | (cut ? MessageMarks.BodyCut : MessageMarks.None) | (isOfSpan ? MessageMarks.TokensOfSpan : MessageMarks.None),
            Attributes = lead.Attributes,
            Metadata = otherIsDenial ? lead.Metadata : MetadataJson.Merge(lead, other),
        };
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    // Null is never, which is later than any time.
    private static DateTime? Later(DateTime? one, DateTime? other) => one is { } x && other is { } y ? (x > y ? x : y) : null;

    // All four counts come from one report: what one sender counts as input another may split. The event's where it tells any.
    private static Message TokensOf(Message lead, Message other, Message span) =>
        TellsTokens(lead, MessageParts.Event) ? lead
        : TellsTokens(other, MessageParts.Event) ? other
        : HasTokens(span) ? span
        : HasTokens(other) ? other
        : lead;

    private static bool TellsTokens(Message message, MessageParts part) =>
        message.Parts.HasFlag(part) && HasTokens(message) && !message.Marks.HasFlag(MessageMarks.TokensOfSpan);

    private static bool HasTokens(Message message) =>
        (message.InputTokens ?? message.OutputTokens ?? message.CacheReadTokens ?? message.CacheCreateTokens) is not null;

    // Of a tool call the event tells the input and the span the output.
    private static (string? Body, bool Cut) JoinBodies(Message lead, Message other, int bodyCharacters)
    {
        if (lead.Type != MessageType.Tool || lead.Body is null || other.Body is null || lead.Body == other.Body)
        {
            return (lead.Body ?? other.Body, false);
        }

        if ((lead.Parts & other.Parts & (MessageParts.Event | MessageParts.Span)) != 0)
        {
            // One of them is joined already.
            return (other.Body.StartsWith(lead.Body, StringComparison.Ordinal) ? other.Body : lead.Body, false);
        }

        var joined = $"{lead.Body}\n\n{other.Body}";
        var text = BodyText.Cut(joined, bodyCharacters, out var cut);
        return (text, cut);
    }
}
