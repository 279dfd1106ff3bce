using System.Buffers;

namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>Tells by a connection's first bytes what it speaks.</summary>
internal static class FirstBytes
{
    private const byte TlsHandshake = 0x16;

    // HTTP/2's preface begins so, and no method of HTTP/1 does: the server that reads on checks the rest of it.
    private static ReadOnlySpan<byte> Preface => "PRI "u8;

    /// <summary>What these bytes begin; null when it takes more of them to tell.</summary>
    public static Spoken? Tell(ReadOnlySequence<byte> bytes)
    {
        Span<byte> first = stackalloc byte[Preface.Length];
        first = first[..(int)Math.Min(first.Length, bytes.Length)];
        bytes.Slice(0, first.Length).CopyTo(first);
        if (Preface.StartsWith(first))
        {
            return first.Length < Preface.Length ? null : Spoken.Http2;
        }

        return first[0] switch
        {
            TlsHandshake => Spoken.Tls,
            (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') => Spoken.Http1,
            _ => Spoken.Other,
        };
    }
}
