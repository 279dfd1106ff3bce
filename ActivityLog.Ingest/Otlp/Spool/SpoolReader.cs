using Microsoft.Win32.SafeHandles;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>Reads a segment of the spool.</summary>
internal static class SpoolReader
{
    /// <summary>Reads what stands at a place.</summary>
    /// <param name="file">The segment.</param>
    /// <param name="place">The place.</param>
    /// <param name="end">Where the segment ends.</param>
    /// <returns>A request; or, where lengths can't be trusted, all the rest as damaged; or a damaged record alone, where they can.</returns>
    public static SpoolItem Read(SafeFileHandle file, SpoolPlace place, long end)
    {
        if (ReadHeader(file, place.Offset, end) is not { } header)
        {
            return new(place, end - place.Offset, null);
        }

        var length = header.BodyOffset - place.Offset + header.BodyBytes + SpoolRecord.SuffixBytes;
        var content = new byte[header.BodyBytes + SpoolRecord.SuffixBytes];
        var body = content.AsMemory(0, header.BodyBytes);
        return header.Request is not null && TryRead(file, content, header.BodyOffset) && SpoolRecord.IsWhole(body.Span, content.AsSpan(header.BodyBytes))
            ? new(place, length, header.Request with { Body = body })
            : new(place, length, null);
    }

    /// <summary>Counts requests by their headers alone.</summary>
    /// <returns>How many there are up to the end, or to the first damage, and when the first of them came.</returns>
    public static (long Requests, DateTime? FirstAt) Count(SafeFileHandle file, long offset, long end)
    {
        var count = 0L;
        DateTime? firstAt = null;
        while (offset < end && ReadHeader(file, offset, end) is { } header)
        {
            count++;
            firstAt ??= header.Request?.ReceivedAt;
            offset = header.BodyOffset + header.BodyBytes + SpoolRecord.SuffixBytes;
        }

        return (count, firstAt);
    }

    private static (ReceivedRequest? Request, long BodyOffset, int BodyBytes)? ReadHeader(SafeFileHandle file, long offset, long end)
    {
        Span<byte> prefix = stackalloc byte[SpoolRecord.PrefixBytes];
        if (!TryRead(file, prefix, offset) || !SpoolRecord.TryReadPrefix(prefix, out var headerBytes, out var bodyBytes)
            || offset + prefix.Length + headerBytes + bodyBytes + SpoolRecord.SuffixBytes > end)
        {
            return null;
        }

        var header = new byte[headerBytes];
        return TryRead(file, header, offset + prefix.Length) && SpoolRecord.TryReadHeader(prefix, header, out var request)
            ? (request, offset + prefix.Length + headerBytes, bodyBytes)
            : null;
    }

    private static bool TryRead(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                return false;
            }

            bytes = bytes[read..];
            offset += read;
        }

        return true;
    }
}
