using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp;

/// <summary>Bounds the memory of all bodies that are being read. Safe to call from many threads.</summary>
internal sealed class BufferBudget(IOptions<OtlpOptions> options)
{
    private readonly long _limit = options.Value.MaxBufferedBytes;
    private long _used;

    /// <summary>Bytes that are taken now.</summary>
    public long Used => Interlocked.Read(ref _used);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= _limit)
        {
            return true;
        }

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}
