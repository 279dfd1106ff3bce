namespace ActivityLog.Core.Senders;

/// <summary>Keeps who sends. Bounded a System; safe to call from many threads.</summary>
public interface ISenderStore
{
    /// <summary>
    /// Senders of these Systems, the last seen first. An installation that has told who it is since isn't listed without a name as well.
    /// </summary>
    Task<IReadOnlyList<SenderSeen>> ListAsync(IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken);

    /// <summary>Adds what was seen of senders to what is known of them. Of each the later word holds.</summary>
    Task AddAsync(IReadOnlyCollection<Sender> seen, CancellationToken cancellationToken);

    /// <summary>Takes away senders that weren't seen for long, and of each System the longest unseen past <see cref="SenderLimits.MaxPerSystem"/>.</summary>
    Task TidyAsync(CancellationToken cancellationToken);
}
