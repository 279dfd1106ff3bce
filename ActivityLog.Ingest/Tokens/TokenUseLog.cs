using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Monitoring;

namespace ActivityLog.Ingest.Tokens;

/// <summary>Counts what comes with each token by the hour, in memory until it is stored. Bounded; safe to call from many threads.</summary>
internal sealed class TokenUseLog(TimeProvider clock)
{
    private const int MaxPending = 10_000;

    private readonly PendingRows<(int TokenKey, DateTime Hour), TokenHour> _pending = new(MaxPending, TokenHour.Merge);

    public void Add(SendingSystem sender, string? address, long records, long bytes)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var hour = Hours.Of(now);
        _pending.Add((sender.TokenKey, hour), new()
        {
            SystemKey = sender.SystemKey,
            TokenKey = sender.TokenKey,
            Hour = hour,
            Requests = 1,
            Records = records,
            Bytes = bytes,
            Address = address,
            LastAt = now,
        });
    }

    public Task FlushAsync(ITokenUseStore store, CancellationToken cancellationToken) => _pending.FlushAsync(rows => store.AddAsync(rows, cancellationToken));
}
