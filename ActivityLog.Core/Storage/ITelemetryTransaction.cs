using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Storage;

/// <summary>One write of telemetry, in an engine's own words. Rolled back when disposed without <see cref="CommitAsync"/>. Lists come in the order of their keys.</summary>
internal interface ITelemetryTransaction : IAsyncDisposable
{
    /// <summary>Locks, and then looks: what is found holds until the end.</summary>
    /// <exception cref="WriteConflictException">Another writer was first.</exception>
    Task<TelemetryFound> LookAsync(TelemetryLook look, CancellationToken cancellationToken);

    /// <summary>Locks and reads whole rows, each with the JSON of its attribute set.</summary>
    Task<IReadOnlyList<(MessageRow Row, string Attributes)>> LoadAsync(IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken);

    /// <summary>Adds rows and replaces rows, these all but their keys.</summary>
    /// <exception cref="WriteConflictException">Another writer was first with one of them.</exception>
    Task WriteAsync(IReadOnlyList<MessageRow> inserts, IReadOnlyList<MessageRow> updates, CancellationToken cancellationToken);

    /// <summary>The calls and spans of these traces that bear a span id, in these sessions or what stands in for one.</summary>
    Task<IReadOnlyList<TracedCall>> ListTracedCallsAsync(IReadOnlyList<SessionRef> sessions, IReadOnlyList<byte[]> traces, CancellationToken cancellationToken);

    /// <summary>Turns messages into repeats.</summary>
    /// <returns>Those that weren't yet, as they were, with the columns of <see cref="Summaries.SummaryColumns"/>.</returns>
    Task<IReadOnlyList<MessageRow>> MarkRepeatsAsync(IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken);

    /// <summary>Turns the spans without an id of their call into repeats, of locked sessions that have events from now on.</summary>
    /// <returns>The same.</returns>
    Task<IReadOnlyList<MessageRow>> RepeatSpansAsync(IReadOnlyList<SessionRef> sessions, CancellationToken cancellationToken);

    /// <summary>Reads attribute sets.</summary>
    Task<IReadOnlyDictionary<(int System, long Key), string>> LoadAttributeSetsAsync(IReadOnlyList<(int System, long Key)> keys, CancellationToken cancellationToken);

    /// <summary>Adds series that aren't there, and keeps the others long enough.</summary>
    Task AddSeriesAsync(IReadOnlyList<MetricSeriesRow> series, CancellationToken cancellationToken);

    /// <summary>Adds points that aren't there, and puts right the increments of the cumulative series among them from the first new point on.</summary>
    Task<AddedPoints> AddPointsAsync(IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken);

    /// <summary>Does what is left, and makes all of it durable.</summary>
    Task CommitAsync(TelemetryEnd end, CancellationToken cancellationToken);
}
