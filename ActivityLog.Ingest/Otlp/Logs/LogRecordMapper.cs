using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp.Attributes;
using ActivityLog.Ingest.Otlp.Mapping;
using OpenTelemetry.Proto.Logs.V1;
using static ActivityLog.Ingest.Otlp.Attributes.MessageField;

namespace ActivityLog.Ingest.Otlp.Logs;

/// <summary>Log records to messages.</summary>
internal sealed class LogRecordMapper(MappingContext context)
{
    private readonly MessageFactory _messages = new(context);

    public void Map(IEnumerable<ResourceLogs> resources, RecordAttributes record, MappedTelemetry mapped)
    {
        foreach (var resource in resources.Where(static resource => resource.ScopeLogs.Any(static scope => scope.LogRecords.Count > 0)))
        {
            var ofResource = new ResourceAttributes(AnyValues.ReadAll(resource.Resource?.Attributes ?? []));
            foreach (var scope in resource.ScopeLogs.Where(static scope => scope.LogRecords.Count > 0))
            {
                var shared = new SharedAttributes(ofResource, ScopeAttributes.Of(scope.Scope));
                foreach (var log in scope.LogRecords)
                {
                    record.Read(shared, log.Attributes);
                    Map(LogView.Of(log), record, mapped);
                }
            }
        }
    }

    /// <summary>Maps a record whose attributes are read.</summary>
    public void Map(in LogView log, RecordAttributes record, MappedTelemetry mapped)
    {
        mapped.RecordCount++;
        var fields = record.Fields;
        var text = log.Body.AsText();
        var (type, name) = MessageTypes.OfEvent(TextRules.Repair(log.EventName), text, record.Scope, fields);
        var time = TimeOf(log, record);
        var identity = new RecordIdentity(type, name, MessageParts.Event, OtlpId.Trace(log.TraceId), OtlpId.Span(log.SpanId));
        var message = _messages.Create(record, identity, time, HashOf(log, record));
        message.DurationMs = MessageFactory.Milliseconds(fields[DurationMs].AsDouble());
        message.StartedAt = StartOf(message);
        message.Status = StatusOf(type, fields);
        message.Error = type == MessageType.Generation ? null : MessageFactory.ErrorOf(fields);
        message.Level = Severity.Of(log.SeverityNumber, log.SeverityText) ?? (message.Status == MessageStatus.Error ? MessageLevel.Error : null);
        message.Provider ??= message.Model is not null && Claude.IsScope(record.Scope) ? Claude.Provider : null;
        MessageFactory.SetUsage(message, record);
        _messages.SetBody(message, BodyOf(type, text, name, fields));
        message.Metadata = record.OwnJson();
        mapped.Messages.Add(message);
        if (type == MessageType.Decision && message.ToolUseId is not null && IsDenial(fields))
        {
            mapped.Messages.Add(DenialOf(message, record));
        }
    }

    // The time, else when it was seen; null where neither was told. A time that no clock says is kept beside.
    private DateTime? TimeOf(in LogView log, RecordAttributes record)
    {
        if (OtlpTime.Read(log.TimeUnixNano, context.ReceivedAt) is { } time)
        {
            return time;
        }

        if (log.TimeUnixNano != 0)
        {
            record.Add(OtlpTime.UnusableName, OtlpTime.Unusable(log.TimeUnixNano));
        }

        return OtlpTime.Read(log.ObservedTimeUnixNano, context.ReceivedAt);
    }

    private static DateTime? StartOf(Message message) =>
        message.Type is MessageType.Generation or MessageType.Tool or MessageType.Error && message.DurationMs is { } duration
        && duration < (message.OccurredAt - DateTime.UnixEpoch).TotalMilliseconds
            ? message.OccurredAt.AddMilliseconds(-duration)
            : null;

    private static MessageStatus? StatusOf(MessageType type, FieldValues fields) => (type, fields[Success].AsBool()) switch
    {
        (MessageType.Error, _) or (_, false) => MessageStatus.Error,
        (MessageType.Generation, _) or (_, true) => MessageStatus.Ok,
        (MessageType.Log, _) => null,
        _ => fields.Has(Error) ? MessageStatus.Error : null,
    };

    // An agent's event says its own name in the body; its text is in the attributes.
    private static string? BodyOf(MessageType type, string? text, string name, FieldValues fields)
    {
        var own = text is not null && (text == name || text.EndsWith("." + name, StringComparison.Ordinal)) ? null : text;
        return type == MessageType.Log ? own : Content.Of(type, fields) ?? own;
    }

    private static bool IsDenial(FieldValues fields) => fields.Text(Decision) is "reject" or "denied" or "abort";

    // Tells the tool's own row that it never ran: no result will come, only a span.
    private Message DenialOf(Message decision, RecordAttributes record)
    {
        var identity = new RecordIdentity(MessageType.Tool, "tool", MessageParts.Denial, decision.TraceId, null);
        var denial = _messages.Create(record, identity, decision.Marks.HasFlag(MessageMarks.TimeOfArrival) ? null : decision.OccurredAt, 0);
        denial.Status = MessageStatus.Denied;
        return denial;
    }

    private static ulong HashOf(in LogView log, RecordAttributes record)
    {
        var hash = ContentHash.Of(
        [
            record.Hash,
            log.TimeUnixNano,
            log.ObservedTimeUnixNano,
            (ulong)log.SeverityNumber,
            ContentHash.Of(log.SeverityText),
            ContentHash.Of(log.EventName),
            log.Body.Hash(0),
            ContentHash.Of(log.TraceId),
            ContentHash.Of(log.SpanId),
        ]);
        return (log.Flags | log.DroppedAttributes) == 0 ? hash : ContentHash.Of([hash, log.Flags, log.DroppedAttributes]);
    }
}
