using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Storage;

/// <summary>One write of telemetry, in an engine's own words. Rolled back when disposed without <see cref="CommitAsync"/>. Lists come in the order of their keys.</summary>
internal interface ITelemetryTransaction : IAsyncDisposable
{
    /// <summary>Makes rows for sessions that have none, keeps the others long enough, locks them all, and tells which of them have events.</summary>
    Task<IReadOnlySet<SessionRef>> LockSessionsAsync(IReadOnlyList<SharedSession> sessions, CancellationToken cancellationToken);

    /// <summary>Notes that these locked sessions have events, and turns their spans without an id of the call into repeats.</summary>
    /// <returns>Messages that turned.</returns>
    Task<int> MarkSessionsAsync(IReadOnlyList<SessionRef> sessions, CancellationToken cancellationToken);

    /// <summary>Lets no other writer add spans to these sessions or traces meanwhile: whether a call is told twice depends on all of them.</summary>
    Task LockTracesAsync(IReadOnlyList<SessionRef> sessions, CancellationToken cancellationToken);

    /// <summary>What is known of the messages that exist.</summary>
    Task<IReadOnlyDictionary<(int System, MessageKey Key), MessageRank>> FindAsync(IReadOnlyList<Message> messages, CancellationToken cancellationToken);

    /// <summary>Locks and reads whole rows.</summary>
    Task<IReadOnlyList<MessageRow>> LoadAsync(IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken);

    /// <summary>Adds rows.</summary>
    /// <exception cref="WriteConflictException">Another writer was first with one of them.</exception>
    Task InsertAsync(IReadOnlyList<MessageRow> rows, CancellationToken cancellationToken);

    /// <summary>Replaces rows, all but their keys.</summary>
    Task UpdateAsync(IReadOnlyList<MessageRow> rows, CancellationToken cancellationToken);

    /// <summary>The calls and spans of these sessions or traces that bear a span id, of those that hold at least one call told by a span alone.</summary>
    Task<IReadOnlyList<TracedCall>> ListTracedCallsAsync(IReadOnlyList<SessionRef> sessions, CancellationToken cancellationToken);

    /// <summary>Turns messages into repeats.</summary>
    Task MarkRepeatsAsync(IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken);

    /// <summary>Adds attribute sets that aren't there, and keeps the others long enough.</summary>
    Task AddAttributeSetsAsync(IReadOnlyList<SharedSet> sets, CancellationToken cancellationToken);

    /// <summary>Reads attribute sets.</summary>
    Task<IReadOnlyDictionary<(int System, long Key), string>> LoadAttributeSetsAsync(IReadOnlyList<(int System, long Key)> keys, CancellationToken cancellationToken);

    /// <summary>Adds series that aren't there, and keeps the others long enough.</summary>
    Task AddSeriesAsync(IReadOnlyList<MetricSeriesRow> series, CancellationToken cancellationToken);

    /// <summary>Adds points that aren't there, and puts right the increments of the cumulative series among them from the first new point on.</summary>
    /// <returns>Points that are new.</returns>
    Task<int> AddPointsAsync(IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken);

    /// <summary>Adds to what each token has brought.</summary>
    Task CountTokensAsync(IReadOnlyDictionary<int, TokenUse> tokens, CancellationToken cancellationToken);

    /// <summary>Makes it durable.</summary>
    Task CommitAsync(CancellationToken cancellationToken);
}
