using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Tells what the summaries can answer now. Safe to call from many threads.</summary>
public interface ISummaryState
{
    /// <summary>The state, for people. Who answers from summaries reads it in the snapshot that the answer is read in (<see cref="SummaryStates"/>).</summary>
    /// <exception cref="StoreUnavailableException">The database can't be asked now.</exception>
    Task<SummaryState> ReadAsync(CancellationToken cancellationToken);
}
