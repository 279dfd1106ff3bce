using System.Data.Common;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Sums within a transaction of <see cref="IBackgroundWrites"/>, in an engine's own words.</summary>
internal interface ISummaryWriter
{
    /// <summary>The rules that hold until the transaction ends: who changes them waits.</summary>
    Task<SummaryRules> ReadRulesAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for all who sum up by the rules as they are, and lets nobody begin until the transaction ends: for who changes them. What is written after it
    /// follows the new ones.
    /// </summary>
    Task LockRulesAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Appends deltas, and changes the rows of sessions.</summary>
    Task AppendAsync(DbConnection connection, SummaryDeltas deltas, CancellationToken cancellationToken);

    /// <summary>Appends rows to a table of sums, and the sets that they refer to, in the order of their keys.</summary>
    Task AppendAsync(
        DbConnection connection, IReadOnlyList<(int System, SummarySet Set)> sets, SumTable table, IReadOnlyList<SumDelta> rows, CancellationToken cancellationToken);

    /// <summary>Changes the rows of sessions, in the order of their keys.</summary>
    Task ChangeSessionsAsync(DbConnection connection, IReadOnlyList<(SessionRef Session, SessionChange Change)> sessions, CancellationToken cancellationToken);
}
