namespace ActivityLog.Ingest.Otlp;

/// <summary>A request's content, whole, decompressed and within the limits.</summary>
/// <param name="buffer">What holds it; disposed with it.</param>
/// <param name="start">Where in the buffer it begins.</param>
/// <param name="encoding">How it is written.</param>
internal sealed class OtlpBody(BodyBuffer buffer, int start, OtlpEncoding encoding) : IDisposable
{
    public OtlpEncoding Encoding => encoding;

    public ReadOnlyMemory<byte> Bytes => buffer.Written[start..];

    public void Dispose() => buffer.Dispose();
}
