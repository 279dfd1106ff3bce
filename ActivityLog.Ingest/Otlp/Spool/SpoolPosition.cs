using System.Buffers.Binary;
using System.IO.Hashing;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>The file that says up to where the spool is stored.</summary>
internal static class SpoolPosition
{
    private const int Bytes = 24;
    private const int ChecksumAt = 16;

    /// <summary>Reads it. A note that is torn says nothing: what it told as stored is stored again, and found.</summary>
    public static SpoolPlace Read(string path)
    {
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return bytes.Length == Bytes && XxHash3.HashToUInt64(bytes.AsSpan(0, ChecksumAt)) == BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(ChecksumAt))
            ? new(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)))
            : default;
    }

    /// <summary>Writes it; it is durable when this returns.</summary>
    /// <exception cref="IOException">The disk doesn't take it.</exception>
    public static void Write(string path, SpoolPlace place)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, place.Segment);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], place.Offset);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[ChecksumAt..], XxHash3.HashToUInt64(bytes[..ChecksumAt]));
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.Write(file, bytes, 0);
        RandomAccess.FlushToDisk(file);
    }
}
