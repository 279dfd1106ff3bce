using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp.Attributes;
using ActivityLog.Ingest.Otlp.Mapping;
using OpenTelemetry.Proto.Trace.V1;
using static ActivityLog.Ingest.Otlp.Attributes.MessageField;

namespace ActivityLog.Ingest.Otlp.Traces;

/// <summary>Spans to messages.</summary>
internal sealed class SpanMapper(MappingContext context)
{
    private readonly MessageFactory _messages = new(context);

    public void Map(IEnumerable<ResourceSpans> resources, RecordAttributes record, MappedTelemetry mapped)
    {
        foreach (var resource in resources.Where(static resource => resource.ScopeSpans.Any(static scope => scope.Spans.Count > 0)))
        {
            var ofResource = new ResourceAttributes(AnyValues.ReadAll(resource.Resource?.Attributes ?? []));
            foreach (var scope in resource.ScopeSpans.Where(static scope => scope.Spans.Count > 0))
            {
                var shared = new SharedAttributes(ofResource, ScopeAttributes.Of(scope.Scope));
                foreach (var span in scope.Spans)
                {
                    record.Read(shared, span.Attributes);
                    Map(SpanView.Of(span), record, mapped);
                }
            }
        }
    }

    /// <summary>Maps a span whose attributes are read.</summary>
    public void Map(in SpanView span, RecordAttributes record, MappedTelemetry mapped)
    {
        mapped.RecordCount++;
        var fields = record.Fields;
        var (type, name) = MessageTypes.OfSpan(TextRules.Repair(span.Name), fields);
        var status = StatusOf(span, type, fields);
        // A call that failed is no generation: it was answered by nothing and isn't billed.
        type = type == MessageType.Generation && status == MessageStatus.Error ? MessageType.Error : type;
        var start = TimeOf(span.StartTimeUnixNano, record);
        var end = TimeOf(span.EndTimeUnixNano, record);
        var isCall = type is MessageType.Generation or MessageType.Error or MessageType.Tool;
        var occurredAt = isCall ? end ?? start : start ?? end;
        var identity = new RecordIdentity(type, name, MessageParts.Span, OtlpId.Trace(span.TraceId), OtlpId.Span(span.SpanId));
        var message = _messages.Create(record, identity, occurredAt, HashOf(span, identity, record));
        message.ParentSpanId = OtlpId.Span(span.ParentSpanId);
        message.StartedAt = start;
        message.DurationMs = MessageFactory.Milliseconds(start is null || end is null || end < start
            ? fields[DurationMs].AsDouble()
            : (span.EndTimeUnixNano - span.StartTimeUnixNano) / 1e6);
        message.Status = status;
        message.Error = status == MessageStatus.Error ? MessageFactory.ErrorOf(fields, TextRules.Repair(span.StatusMessage)) : null;
        message.Level = status == MessageStatus.Error ? MessageLevel.Error : null;
        MessageFactory.SetUsage(message, record);
        _messages.SetBody(message, Content.Of(type, fields, ToolOutput.In(span.Events)));
        SpanDetails.Add(record, span, context.Sender.BodyCharacters);
        message.Metadata = record.OwnJson();
        mapped.Messages.Add(message);
    }

    private DateTime? TimeOf(ulong unixNanoseconds, RecordAttributes record)
    {
        var time = OtlpTime.Read(unixNanoseconds, context.ReceivedAt);
        if (time is null && unixNanoseconds != 0)
        {
            record.Add(OtlpTime.UnusableName, OtlpTime.Unusable(unixNanoseconds));
        }

        return time;
    }

    private static MessageStatus? StatusOf(in SpanView span, MessageType type, FieldValues fields) => (span.StatusCode, fields[Success].AsBool()) switch
    {
        (Status.Types.StatusCode.Error, _) or (_, false) => MessageStatus.Error,
        (Status.Types.StatusCode.Ok, _) or (_, true) => MessageStatus.Ok,
        _ when type is MessageType.Generation or MessageType.Tool && fields.Has(ErrorType) => MessageStatus.Error,
        // Unset means that nothing failed; but Claude Code leaves it unset on a tool that never ran, too, and its result tells.
        _ when type == MessageType.Generation || (type == MessageType.Tool && span.Name != Claude.ToolSpan) => MessageStatus.Ok,
        _ => null,
    };

    private static ulong HashOf(in SpanView span, in RecordIdentity identity, RecordAttributes record)
    {
        var hash = ContentHash.Of(
        [
            record.Hash,
            span.StartTimeUnixNano,
            span.EndTimeUnixNano,
            (ulong)span.Kind,
            ContentHash.Of(span.Name),
            ContentHash.Of(span.TraceId),
            ContentHash.Of(span.SpanId),
            ContentHash.Of(span.ParentSpanId),
            (ulong)span.StatusCode,
            ContentHash.Of(span.StatusMessage),
        ]);
        // One with ids is known by them.
        return identity is { TraceId: not null, SpanId: not null } ? hash : SpanDetails.Hash(hash, span);
    }
}
