namespace ActivityLog.Core.Messages;

/// <summary>
/// Makes one message of its parts. Usage, cost, time and person come from the event; trace, parent, status and start from the span; that a tool was denied from
/// the decision (DESIGN 4, "Two parts of one call"). The result is the same whichever part comes first.
/// </summary>
internal static class MessageMerge
{
    /// <summary>Whether <paramref name="incoming"/> tells something that <paramref name="kept"/> doesn't hold yet.</summary>
    public static bool Adds(MessageRank kept, MessageRank incoming) =>
        (incoming.Parts & ~kept.Parts) != 0 || Differs(kept, incoming);

    /// <summary>One message of two with the same key.</summary>
    /// <param name="kept">What is known; may be changed.</param>
    /// <param name="incoming">What came; may be changed.</param>
    /// <param name="bodyCharacters">Characters of a body that the System's plan keeps.</param>
    public static Message Merge(Message kept, Message incoming, int bodyCharacters)
    {
        var keptRank = MessageRank.Of(kept);
        var incomingRank = MessageRank.Of(incoming);
        var overlap = kept.Parts & incoming.Parts & (MessageParts.Event | MessageParts.Span);
        if (overlap == 0)
        {
            return Join(kept, incoming, bodyCharacters);
        }

        if (!Differs(keptRank, incomingRank))
        {
            // A repeat; what it has besides is joined all the same.
            return (incoming.Parts & ~kept.Parts) == 0 ? kept : Join(kept, incoming, bodyCharacters);
        }

        var (winner, loser) = keptRank.CompareTo(incomingRank) >= 0 ? (kept, incoming) : (incoming, kept);
        var merged = (loser.Parts & ~winner.Parts) == 0 ? winner.Copy() : Join(winner, loser, bodyCharacters);
        merged.Marks |= MessageMarks.Conflict;
        merged.ReceivedAt = Earlier(winner.ReceivedAt, loser.ReceivedAt);
        merged.ExpiresAt = Later(winner.ExpiresAt, loser.ExpiresAt);
        return merged;
    }

    // Two events of one id, or two spans of one id while no event speaks for the call, that don't say the same.
    private static bool Differs(MessageRank kept, MessageRank incoming)
    {
        var speaks = (kept.Parts | incoming.Parts).HasFlag(MessageParts.Event) ? MessageParts.Event : MessageParts.Span;
        return kept.Parts.HasFlag(speaks) && incoming.Parts.HasFlag(speaks) && !kept.SameNumbers(incoming)
            && !(kept.Marks.HasFlag(MessageMarks.Conflict) && kept.CompareTo(incoming) >= 0);
    }

    private static Message Join(Message a, Message b, int bodyCharacters)
    {
        // The event leads; without one the span; a denial only adds that it was denied.
        var (lead, other) = Leads(a) >= Leads(b) ? (a, b) : (b, a);
        var span = lead.Parts.HasFlag(MessageParts.Span) ? lead : other.Parts.HasFlag(MessageParts.Span) ? other : lead;
        var rest = ReferenceEquals(span, lead) ? other : lead;
        var parts = lead.Parts | other.Parts;
        var otherIsDenial = other.Parts == MessageParts.Denial;

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
            ReceivedAt = Earlier(lead.ReceivedAt, other.ReceivedAt),
            ExpiresAt = Later(lead.ExpiresAt, other.ExpiresAt),
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
            InputTokens = lead.InputTokens ?? other.InputTokens,
            OutputTokens = lead.OutputTokens ?? other.OutputTokens,
            CacheReadTokens = lead.CacheReadTokens ?? other.CacheReadTokens,
            CacheCreateTokens = lead.CacheCreateTokens ?? other.CacheCreateTokens,
            CostNanodollars = lead.CostNanodollars ?? other.CostNanodollars,
            DurationMs = lead.DurationMs ?? other.DurationMs,
            TimeToFirstTokenMs = lead.TimeToFirstTokenMs ?? other.TimeToFirstTokenMs,
            Body = body,
            Marks = lead.Marks | other.Marks | (cut ? MessageMarks.BodyCut : MessageMarks.None),
            Attributes = lead.Attributes,
            Metadata = otherIsDenial ? lead.Metadata : MetadataJson.Merge(lead, other),
        };
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    // Null is never, which is later than any time.
    private static DateTime? Later(DateTime? one, DateTime? other) => one is { } x && other is { } y ? (x > y ? x : y) : null;

    private static int Leads(Message message) => message.Parts switch
    {
        var parts when parts.HasFlag(MessageParts.Event) => 2,
        var parts when parts.HasFlag(MessageParts.Span) => 1,
        _ => 0,
    };

    // Of a tool call the event tells the input and the span the output.
    private static (string? Body, bool Cut) JoinBodies(Message lead, Message other, int bodyCharacters)
    {
        if (lead.Type != MessageType.Tool || lead.Body is null || other.Body is null || lead.Body == other.Body)
        {
            return (lead.Body ?? other.Body, false);
        }

        var joined = $"{lead.Body}\n\n{other.Body}";
        var text = BodyText.Cut(joined, bodyCharacters, out var cut);
        return (text, cut);
    }
}
