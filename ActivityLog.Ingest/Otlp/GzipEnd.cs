using System.IO.Compression;

namespace ActivityLog.Ingest.Otlp;

/// <summary>
/// Tells a whole gzip stream from one that was cut off, which .NET takes for whole: a second member is put behind it (a gzip stream may have many),
/// and what comes out ends with that member's content only if the stream before it came to its own end.
/// </summary>
internal static class GzipEnd
{
    /// <summary>What comes out at the end.</summary>
    public static ReadOnlySpan<byte> Mark => "the end of the request"u8;

    /// <summary><see cref="Mark"/>, compressed: what is put behind.</summary>
    public static byte[] Member { get; } = Compress();

    private static byte[] Compress()
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(Mark);
        }

        return stream.ToArray();
    }
}
