namespace ActivityLog.Core.Tokens;

/// <summary>Keeps how much tokens are used, by the hour, for <see cref="Kept"/>. Safe to call from many threads.</summary>
public interface ITokenUseStore
{
    /// <summary>How long it is kept.</summary>
    static TimeSpan Kept { get; } = TimeSpan.FromDays(30);

    /// <summary>The hours of a System's tokens from the one that <paramref name="since"/> is in, the oldest first; none where nothing came.</summary>
    Task<IReadOnlyList<TokenHour>> ListAsync(int systemKey, DateTime since, CancellationToken cancellationToken);

    /// <summary>Bytes of requests that came with each token from the hour that begins at <paramref name="since"/>.</summary>
    Task<IReadOnlyDictionary<int, long>> SumBytesAsync(DateTime since, CancellationToken cancellationToken);

    /// <summary>Adds to what is counted.</summary>
    Task AddAsync(IReadOnlyCollection<TokenHour> hours, CancellationToken cancellationToken);

    /// <summary>Takes away what is older than is kept.</summary>
    Task TidyAsync(CancellationToken cancellationToken);
}
