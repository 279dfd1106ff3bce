using System.Buffers.Binary;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>Trace and span ids. One of another length, or all zero, is none.</summary>
internal static class OtlpId
{
    public static byte[]? Trace(ReadOnlySpan<byte> id) => id.Length == 16 && id.ContainsAnyExcept((byte)0) ? id.ToArray() : null;

    /// <summary>The 8 bytes as a big-endian number.</summary>
    public static long? Span(ReadOnlySpan<byte> id) =>
        id.Length == 8 && BinaryPrimitives.ReadInt64BigEndian(id) is var number and not 0 ? number : null;
}
