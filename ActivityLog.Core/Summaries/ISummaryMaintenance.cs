using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Makes summaries right by what is stored. Ingest, and whoever else maintains them, goes on beside it.</summary>
public interface ISummaryMaintenance
{
    /// <summary>Compares all sums with the rows that they sum up, and corrects what differs. What is done stays if it is ended early.</summary>
    /// <param name="tell">Hears of the progress, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Rows of sums that were appended as corrections.</returns>
    /// <exception cref="StoreUnavailableException">The database can't be asked now.</exception>
    Task<long> RebuildAsync(Action<double> tell, CancellationToken cancellationToken);
}
