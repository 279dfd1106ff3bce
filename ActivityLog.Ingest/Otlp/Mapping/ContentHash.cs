using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>Hashes all of a record, for one that has no id of its own. Part of keys: what goes in, and its order, must never change.</summary>
internal static class ContentHash
{
    public static ulong Of(ReadOnlySpan<ulong> parts) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(parts));

    public static ulong Of(ReadOnlySpan<byte> bytes) => XxHash3.HashToUInt64(bytes);

    public static ulong Of(string text)
    {
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = size <= 512 ? stackalloc byte[512] : new byte[size];
        return XxHash3.HashToUInt64(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }
}
