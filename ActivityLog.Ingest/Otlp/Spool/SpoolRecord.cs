using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>
/// A request as the spool's files hold it: a prefix (format, lengths, checksum of what is before the body), a header in JSON, the body, its checksum. What
/// doesn't match its checksums is never decoded.
/// </summary>
internal static class SpoolRecord
{
    /// <summary>Bytes of the prefix: format, header's length, body's length, checksum of these and the header.</summary>
    public const int PrefixBytes = 16;

    /// <summary>Bytes of the checksum behind the body.</summary>
    public const int SuffixBytes = 8;

    // "ALS1": another format gets another number.
    private const uint Format = 0x31534C41;

    // Headers have a few hundred bytes; more is damage.
    private const int MaxHeaderBytes = 64 * 1024;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The bytes of a request, in the order that they are written. The body isn't copied.</summary>
    public static ReadOnlyMemory<byte>[] Write(ReceivedRequest request)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(request, s_json);
        var start = new byte[PrefixBytes + header.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(start, Format);
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(4), header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(8), request.Body.Length);
        header.CopyTo(start, PrefixBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(12), Checksum(start, start.AsSpan(PrefixBytes)));
        var end = new byte[SuffixBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(end, XxHash3.HashToUInt64(request.Body.Span));
        return [start, request.Body, end];
    }

    /// <summary>Reads the lengths from a prefix; false when it can't be one.</summary>
    public static bool TryReadPrefix(ReadOnlySpan<byte> prefix, out int headerBytes, out int bodyBytes)
    {
        headerBytes = bodyBytes = 0;
        if (prefix.Length < PrefixBytes || BinaryPrimitives.ReadUInt32LittleEndian(prefix) != Format)
        {
            return false;
        }

        headerBytes = BinaryPrimitives.ReadInt32LittleEndian(prefix[4..]);
        bodyBytes = BinaryPrimitives.ReadInt32LittleEndian(prefix[8..]);
        return headerBytes is > 0 and <= MaxHeaderBytes && bodyBytes >= 0;
    }

    /// <summary>Reads what stands before the body; false when it is damaged, and so perhaps the lengths.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="header">What is behind it.</param>
    /// <param name="request">The request without its body; null where another version wrote what this one can't read.</param>
    public static bool TryReadHeader(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> header, out ReceivedRequest? request)
    {
        request = null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(prefix[12..]) != Checksum(prefix, header))
        {
            return false;
        }

        try
        {
            request = JsonSerializer.Deserialize<ReceivedRequest>(header, s_json) is { Sender: not null } whole ? whole : null;
        }
        catch (JsonException)
        {
            // Whole, and skipped as one.
        }

        return true;
    }

    /// <summary>Whether the body is the one that was written.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> body, ReadOnlySpan<byte> suffix) => BinaryPrimitives.ReadUInt64LittleEndian(suffix) == XxHash3.HashToUInt64(body);

    private static uint Checksum(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> header)
    {
        var crc = new Crc32();
        crc.Append(prefix[..12]);
        crc.Append(header);
        return crc.GetCurrentHashAsUInt32();
    }
}
