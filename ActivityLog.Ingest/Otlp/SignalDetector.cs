using System.Text.Json;
using ActivityLog.Ingest.Otlp.Json;
using Google.Protobuf;

namespace ActivityLog.Ingest.Otlp;

/// <summary>Tells what a body holds where the path doesn't.</summary>
internal static class SignalDetector
{
    private const int TraceIdBytes = 16;

    /// <summary>The signal; null when it can't be told.</summary>
    public static OtlpSignal? Detect(ReadOnlySpan<byte> body, OtlpEncoding encoding)
    {
        try
        {
            return encoding == OtlpEncoding.Json ? DetectJson(body) : DetectProtobuf(body);
        }
        catch (Exception e) when (e is JsonException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static OtlpSignal? DetectJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueIsEscaped && !JsonValues.IsUnicode(ref reader))
            {
                reader.Skip();
                continue;
            }

            if (reader.ValueTextEquals("resourceLogs"u8))
            {
                return OtlpSignal.Logs;
            }

            if (reader.ValueTextEquals("resourceSpans"u8))
            {
                return OtlpSignal.Traces;
            }

            if (reader.ValueTextEquals("resourceMetrics"u8))
            {
                return OtlpSignal.Metrics;
            }

            reader.Skip();
        }

        return null;
    }

    // All three begin alike: field 1 (resource …) → field 2 (scope …) → field 2 (record). Only the records differ.
    private static OtlpSignal? DetectProtobuf(ReadOnlySpan<byte> body)
    {
        var request = new CodedInputStream(body.ToArray());
        while (Next(request, 1) is { } resource)
        {
            while (Next(resource, 2) is { } scope)
            {
                while (Next(scope, 2) is { } record)
                {
                    if (OfRecord(record) is { } signal)
                    {
                        return signal;
                    }
                }
            }
        }

        return null;
    }

    private static CodedInputStream? Next(CodedInputStream message, int field)
    {
        for (var tag = message.ReadTag(); tag != 0; tag = message.ReadTag())
        {
            if (tag == WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited))
            {
                return message.ReadBytes().CreateCodedInput();
            }

            message.SkipLastField();
        }

        return null;
    }

    private static OtlpSignal? OfRecord(CodedInputStream record)
    {
        for (var tag = record.ReadTag(); tag != 0; tag = record.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag))
            {
                // Times of a log record: of a span they have other numbers, a data point lies deeper.
                case (1 or 11, WireFormat.WireType.Fixed64) or (6, WireFormat.WireType.LengthDelimited):
                    return OtlpSignal.Logs;
                case (7 or 8, WireFormat.WireType.Fixed64):
                    return OtlpSignal.Traces;
                case (1, WireFormat.WireType.LengthDelimited) when record.ReadBytes() is var id:
                    // A trace id is 16 bytes, most of them no letters; anything else is a metric's name.
                    return id.Length == TraceIdBytes && id.Span.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? OtlpSignal.Traces : OtlpSignal.Metrics;
                default:
                    record.SkipLastField();
                    break;
            }
        }

        return null;
    }
}
