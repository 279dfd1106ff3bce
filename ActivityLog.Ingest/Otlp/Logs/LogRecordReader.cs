using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Ingest.Otlp.Protobuf;
using Google.Protobuf;
using OpenTelemetry.Proto.Logs.V1;

namespace ActivityLog.Ingest.Otlp.Logs;

/// <summary>Reads a log record in protobuf where it lies.</summary>
internal sealed class LogRecordReader(LogRecordMapper mapper, AttributeReader attributes, RecordAttributes record, MappedTelemetry mapped) : IRecordReader
{
    private const uint Time = (1 << 3) | ProtobufReader.EightBytes;
    private const uint SeverityNumber = (2 << 3) | ProtobufReader.Number;
    private const uint SeverityText = (3 << 3) | ProtobufReader.Sized;
    private const uint Body = (5 << 3) | ProtobufReader.Sized;
    private const uint Attributes = (6 << 3) | ProtobufReader.Sized;
    private const uint DroppedAttributes = (7 << 3) | ProtobufReader.Number;
    private const uint Flags = (8 << 3) | ProtobufReader.FourBytes;
    private const uint TraceId = (9 << 3) | ProtobufReader.Sized;
    private const uint SpanId = (10 << 3) | ProtobufReader.Sized;
    private const uint ObservedTime = (11 << 3) | ProtobufReader.EightBytes;
    private const uint EventName = (12 << 3) | ProtobufReader.Sized;

    private static readonly MessageParser<LogRecord> s_generated = LogRecord.Parser.WithDiscardUnknownFields(true);

    public void Read(ProtobufReader log, SharedAttributes shared)
    {
        var whole = log.Whole;
        var view = new LogView();
        var hasBody = false;
        var index = 0;
        record.Begin(shared);
        while (log.Next())
        {
            switch (log.Tag)
            {
                case Attributes:
                    record.Take(attributes.Read(log.Message(), index++));
                    break;
                case Time:
                    view.TimeUnixNano = log.Fixed64();
                    break;
                case ObservedTime:
                    view.ObservedTimeUnixNano = log.Fixed64();
                    break;
                case SeverityNumber:
                    view.SeverityNumber = (int)log.Varint();
                    break;
                case SeverityText:
                    view.SeverityText = log.Text();
                    break;
                case Body when !hasBody:
                    view.Body = attributes.ReadValue(log.Message());
                    hasBody = true;
                    break;
                case Body:
                    // Twice is one of both together: so rare that the generated classes may do it.
                    ReadGenerated(whole, shared);
                    return;
                case DroppedAttributes:
                    view.DroppedAttributes = (uint)log.Varint();
                    break;
                case Flags:
                    view.Flags = log.Fixed32();
                    break;
                case TraceId:
                    view.TraceId = log.Bytes();
                    break;
                case SpanId:
                    view.SpanId = log.Bytes();
                    break;
                case EventName:
                    view.EventName = log.Text();
                    break;
                default:
                    log.Skip();
                    break;
            }
        }

        record.Sort();
        mapper.Map(view, record, mapped);
    }

    private void ReadGenerated(ReadOnlySpan<byte> log, SharedAttributes shared)
    {
        attributes.Budget.TakeAll(log, LogRecord.Descriptor);
        var generated = s_generated.ParseFrom(log);
        record.Read(shared, generated.Attributes);
        mapper.Map(LogView.Of(generated), record, mapped);
    }
}
