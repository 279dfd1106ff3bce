namespace ActivityLog.Core.Messages;

/// <summary>
/// Makes one message of its parts. Usage, cost, time and person come from the event; trace, parent, status and start from the span; that a tool was denied from
/// the decision (DESIGN 4, "Two parts of one call"). Whichever comes first, the result is the same: tokens, cost, time and status of any number of reports, texts and
/// attributes of one of each kind, and of two events and a span where the event that speaks tells what the other tells. Of several events or spans of one id, that of
/// them may be kept which came first, where the one that speaks leaves something open and they differ in it: a row doesn't hold which report each of its attributes is
/// from. An attribute that loses stays beside the other as <c>record.&lt;key&gt;</c> or <c>span.&lt;key&gt;</c>.
/// </summary>
internal static class MessageMerge
{
    /// <summary>Whether <paramref name="incoming"/> tells something that <paramref name="kept"/> doesn't hold yet.</summary>
    public static bool Adds(MessageRank kept, MessageRank incoming) => kept.With(incoming) != kept;

    /// <summary>One message of two with the same key.</summary>
    /// <param name="kept">What is known; may be changed.</param>
    /// <param name="incoming">What came; may be changed.</param>
    /// <param name="bodyCharacters">Characters of a body that the System's plan keeps.</param>
    public static Message Merge(Message kept, Message incoming, int bodyCharacters)
    {
        var (keptRank, incomingRank) = (MessageRank.Of(kept), MessageRank.Of(incoming));
        var together = keptRank.With(incomingRank);
        if (together == keptRank)
        {
            return kept;
        }

        var (lead, other) = keptRank.Leads(incomingRank) ? (kept, incoming) : (incoming, kept);
        var span = keptRank.LeadsAsSpan(incomingRank) ? kept : incoming;
        // Another event tells of the call what the one that speaks may leave open; of another telling of the same span nothing stays.
        var isNothingMore = (other.Parts & ~lead.Parts) == 0 && !other.Parts.HasFlag(MessageParts.Event) && ReferenceEquals(span, lead);
        var merged = isNothingMore ? lead.Copy() : Join(lead, other, span, bodyCharacters);
        merged.StartedAt ??= together.StartedAt;
        merged.ReceivedAt = Earlier(kept.ReceivedAt, incoming.ReceivedAt);
        merged.ExpiresAt = Later(kept.ExpiresAt, incoming.ExpiresAt);
        merged.CostNanodollars = together.Cost;
        (merged.InputTokens, merged.OutputTokens) = (together.Input, together.Output);
        (merged.CacheReadTokens, merged.CacheCreateTokens) = (together.CacheRead, together.CacheCreate);
        merged.Marks = (merged.Marks & ~MessageRank.Marking) | (together.Marks & MessageRank.Marking);
        return merged;
    }

    private static Message Join(Message lead, Message other, Message span, int bodyCharacters)
    {
        var rest = ReferenceEquals(span, lead) ? other : lead;
        var parts = lead.Parts | other.Parts;
        var otherIsDenial = other.Parts == MessageParts.Denial;
        var (body, inputLength, cut) = JoinBodies(lead, other, span, bodyCharacters);
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
            DurationMs = lead.DurationMs ?? other.DurationMs,
            TimeToFirstTokenMs = lead.TimeToFirstTokenMs ?? other.TimeToFirstTokenMs,
            Body = body,
            Marks = lead.Marks | other.Marks | (cut ? MessageMarks.BodyCut : MessageMarks.None),
            Attributes = lead.Attributes,
            Metadata = otherIsDenial ? lead.Metadata : MetadataJson.Merge(lead, other, inputLength),
        };
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    // Null is never, which is later than any time.
    private static DateTime? Later(DateTime? one, DateTime? other) => one is { } x && other is { } y ? (x > y ? x : y) : null;

    // Of a tool call the event tells the input and the span the output.
    private static (string? Body, int? InputLength, bool Cut) JoinBodies(Message lead, Message other, Message span, int bodyCharacters)
    {
        if (lead.Type != MessageType.Tool)
        {
            return (lead.Body ?? other.Body, null, false);
        }

        var (ofLead, ofOther) = (ToolTexts.Of(lead), ToolTexts.Of(other));
        var (ofSpan, ofRest) = ReferenceEquals(span, lead) ? (ofLead, ofOther) : (ofOther, ofLead);
        var texts = new ToolTexts(ofLead.OfEvent ?? ofOther.OfEvent, ofSpan.OfSpan ?? ofRest.OfSpan);
        var cut = false;
        var body = texts.Joined is { } joined ? BodyText.Cut(joined, bodyCharacters, out cut) : null;
        // With a span alone all of it is the span's.
        return (body, (lead.Parts | other.Parts).HasFlag(MessageParts.Event) ? texts.Length : null, cut);
    }
}
