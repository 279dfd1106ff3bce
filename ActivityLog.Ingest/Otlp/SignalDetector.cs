using System.Text.Json;
using ActivityLog.Ingest.Otlp.Json;
using ActivityLog.Ingest.Otlp.Protobuf;

namespace ActivityLog.Ingest.Otlp;

/// <summary>Tells what a body holds where the path doesn't.</summary>
internal static class SignalDetector
{
    private const uint Resources = (1 << 3) | ProtobufReader.Sized;
    private const uint Items = (2 << 3) | ProtobufReader.Sized;
    private const int TraceIdBytes = 16;

    /// <summary>The signal; null when it can't be told.</summary>
    public static OtlpSignal? Detect(ReadOnlySpan<byte> body, OtlpEncoding encoding)
    {
        try
        {
            return encoding == OtlpEncoding.Json ? DetectJson(body) : DetectProtobuf(body);
        }
        catch (Exception e) when (e is JsonException or OtlpDecodeException)
        {
            return null;
        }
    }

    private static OtlpSignal? DetectJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body, new JsonReaderOptions { MaxDepth = OtlpRequest.MaxJsonDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonValues.IsComparable(ref reader) && OfName(ref reader) is { } signal)
            {
                return signal;
            }

            reader.Skip();
        }

        return null;
    }

    private static OtlpSignal? OfName(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("resourceLogs"u8) ? OtlpSignal.Logs
        : reader.ValueTextEquals("resourceSpans"u8) ? OtlpSignal.Traces
        : reader.ValueTextEquals("resourceMetrics"u8) ? OtlpSignal.Metrics
        : null;

    // All three begin alike: field 1 (resource …) → field 2 (scope …) → field 2 (record). Only the records differ.
    private static OtlpSignal? DetectProtobuf(ReadOnlySpan<byte> body)
    {
        var request = new ProtobufReader(body);
        while (TryFind(ref request, Resources))
        {
            var resource = request.Message();
            while (TryFind(ref resource, Items))
            {
                var scope = resource.Message();
                while (TryFind(ref scope, Items))
                {
                    if (OfRecord(scope.Message()) is { } signal)
                    {
                        return signal;
                    }
                }
            }
        }

        return null;
    }

    private static bool TryFind(ref ProtobufReader message, uint field)
    {
        while (message.Next())
        {
            if (message.Tag == field)
            {
                return true;
            }

            message.Skip();
        }

        return false;
    }

    private static OtlpSignal? OfRecord(ProtobufReader record)
    {
        while (record.Next())
        {
            switch (record.Tag >> 3, record.Tag & 7)
            {
                // Times of a log record: of a span they have other numbers, a data point lies deeper.
                case (1 or 11, ProtobufReader.EightBytes) or (6, ProtobufReader.Sized):
                    return OtlpSignal.Logs;
                case (7 or 8, ProtobufReader.EightBytes):
                    return OtlpSignal.Traces;
                case (1, ProtobufReader.Sized):
                    // A trace id is 16 bytes, most of them no letters; anything else is a metric's name.
                    var id = record.Bytes();
                    return id.Length == TraceIdBytes && id.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? OtlpSignal.Traces : OtlpSignal.Metrics;
                default:
                    record.Skip();
                    break;
            }
        }

        return null;
    }
}
