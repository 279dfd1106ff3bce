using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Ingest.Otlp.Protobuf;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Ingest.Otlp.Traces;

/// <summary>Reads a span in protobuf where it lies; its events and links, which are few, by the generated classes.</summary>
internal sealed class SpanReader(SpanMapper mapper, AttributeReader attributes, RecordAttributes record, MappedTelemetry mapped) : IRecordReader
{
    private const uint TraceId = (1 << 3) | ProtobufReader.Sized;
    private const uint SpanId = (2 << 3) | ProtobufReader.Sized;
    private const uint TraceState = (3 << 3) | ProtobufReader.Sized;
    private const uint ParentSpanId = (4 << 3) | ProtobufReader.Sized;
    private const uint Name = (5 << 3) | ProtobufReader.Sized;
    private const uint Kind = (6 << 3) | ProtobufReader.Number;
    private const uint Start = (7 << 3) | ProtobufReader.EightBytes;
    private const uint End = (8 << 3) | ProtobufReader.EightBytes;
    private const uint Attributes = (9 << 3) | ProtobufReader.Sized;
    private const uint DroppedAttributes = (10 << 3) | ProtobufReader.Number;
    private const uint Events = (11 << 3) | ProtobufReader.Sized;
    private const uint DroppedEvents = (12 << 3) | ProtobufReader.Number;
    private const uint Links = (13 << 3) | ProtobufReader.Sized;
    private const uint DroppedLinks = (14 << 3) | ProtobufReader.Number;
    private const uint SpanStatus = (15 << 3) | ProtobufReader.Sized;
    private const uint Flags = (16 << 3) | ProtobufReader.FourBytes;
    private const uint StatusMessage = (2 << 3) | ProtobufReader.Sized;
    private const uint StatusCode = (3 << 3) | ProtobufReader.Number;

    private static readonly MessageParser<Span.Types.Event> s_events = Span.Types.Event.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<Span.Types.Link> s_links = Span.Types.Link.Parser.WithDiscardUnknownFields(true);

    private readonly List<Span.Types.Event> _events = [];
    private readonly List<Span.Types.Link> _links = [];

    public void Read(ProtobufReader span, SharedAttributes shared)
    {
        _events.Clear();
        _links.Clear();
        var view = new SpanView { Events = _events, Links = _links };
        var index = 0;
        record.Begin(shared);
        while (span.Next())
        {
            switch (span.Tag)
            {
                case Attributes:
                    record.Take(attributes.Read(span.Message(), index++));
                    break;
                case TraceId:
                    view.TraceId = span.Bytes();
                    break;
                case SpanId:
                    view.SpanId = span.Bytes();
                    break;
                case ParentSpanId:
                    view.ParentSpanId = span.Bytes();
                    break;
                case TraceState:
                    view.TraceState = span.Text();
                    break;
                case Name:
                    view.Name = span.Text();
                    break;
                case Kind:
                    view.Kind = (Span.Types.SpanKind)(int)span.Varint();
                    break;
                case Start:
                    view.StartTimeUnixNano = span.Fixed64();
                    break;
                case End:
                    view.EndTimeUnixNano = span.Fixed64();
                    break;
                case Events:
                    _events.Add(Parse(span.Bytes(), s_events, Span.Types.Event.Descriptor));
                    break;
                case Links:
                    _links.Add(Parse(span.Bytes(), s_links, Span.Types.Link.Descriptor));
                    break;
                case Flags:
                    view.Flags = span.Fixed32();
                    break;
                case DroppedAttributes:
                    view.DroppedAttributes = (uint)span.Varint();
                    break;
                case DroppedEvents:
                    view.DroppedEvents = (uint)span.Varint();
                    break;
                case DroppedLinks:
                    view.DroppedLinks = (uint)span.Varint();
                    break;
                case SpanStatus:
                    ReadStatus(span.Message(), ref view);
                    break;
                default:
                    span.Skip();
                    break;
            }
        }

        record.Sort();
        mapper.Map(view, record, mapped);
    }

    private void ReadStatus(ProtobufReader status, ref SpanView view)
    {
        attributes.Budget.TakeElement();
        while (status.Next())
        {
            switch (status.Tag)
            {
                case StatusMessage:
                    view.StatusMessage = status.Text();
                    break;
                case StatusCode:
                    view.StatusCode = (Status.Types.StatusCode)(int)status.Varint();
                    break;
                default:
                    status.Skip();
                    break;
            }
        }
    }

    private T Parse<T>(ReadOnlySpan<byte> message, MessageParser<T> parser, MessageDescriptor type)
        where T : IMessage<T>, new()
    {
        attributes.Budget.TakeElement();
        attributes.Budget.TakeAll(message, type);
        return parser.ParseFrom(message);
    }
}
