namespace ActivityLog.Core.Tokens;

/// <summary>Keeps how often senders were refused, for <see cref="Kept"/>. Safe to call from many threads.</summary>
public interface IRefusalStore
{
    /// <summary>How long refusals are kept.</summary>
    static TimeSpan Kept { get; } = TimeSpan.FromDays(30);

    /// <summary>Refusals whose last was not before <paramref name="since"/>, counted from the hour that it is in, the newest first.</summary>
    /// <param name="since">UTC.</param>
    /// <param name="systemKey">Those of one System; null for all, the unknown tokens' too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Refusal>> ListAsync(DateTime since, int? systemKey, CancellationToken cancellationToken);

    /// <summary>Adds to what is counted. Each is of one hour: that of its last.</summary>
    Task AddAsync(IReadOnlyCollection<Refusal> refusals, CancellationToken cancellationToken);

    /// <summary>Takes away what is older than is kept.</summary>
    Task TidyAsync(CancellationToken cancellationToken);
}
