using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;

namespace ActivityLog.Core.Demo;

/// <summary>
/// Believable data of a team of twelve over three months, in a System of its own that is marked as such: to look around before real data comes. It is removed by
/// deleting that System.
/// </summary>
public interface ISampleData
{
    /// <summary>The System that holds it, or null.</summary>
    Task<MonitoredSystem?> FindAsync(CancellationToken cancellationToken);

    /// <summary>Fills the System, which is made where it is missing, with all sessions that have ended by now. What is there already adds nothing.</summary>
    /// <param name="progress">Told after each commit.</param>
    /// <param name="cancellationToken">Ends it; what is stored stays, and the next time goes on.</param>
    /// <exception cref="StoreUnavailableException">The engine takes no writes now.</exception>
    Task<MonitoredSystem> FillAsync(IProgress<SampleProgress> progress, CancellationToken cancellationToken);
}
