using System.Buffers.Binary;
using Google.Protobuf;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>Trace and span ids. One of another length, or all zero, is none.</summary>
internal static class OtlpId
{
    public static byte[]? Trace(ByteString id) => id.Length == 16 && id.Span.ContainsAnyExcept((byte)0) ? id.ToByteArray() : null;

    /// <summary>The 8 bytes as a big-endian number.</summary>
    public static long? Span(ByteString id) =>
        id.Length == 8 && BinaryPrimitives.ReadInt64BigEndian(id.Span) is var number and not 0 ? number : null;
}
