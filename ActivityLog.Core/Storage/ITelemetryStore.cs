namespace ActivityLog.Core.Storage;

/// <summary>Keeps what comes in: messages and metric points, each once. Safe to call from many threads and from several nodes at once.</summary>
public interface ITelemetryStore
{
    /// <summary>How many transactions of one node the engine is good for at once: with more, none is faster.</summary>
    int Writers { get; }

    /// <summary>
    /// Stores all batches in one transaction or none of them, each message once: what is there already adds nothing, and the parts of one call
    /// become one row whichever comes first. Returns only after it is durable.
    /// </summary>
    /// <returns>What changed, for the live feed.</returns>
    /// <exception cref="StoreUnavailableException">The engine takes no writes now; trying again may work.</exception>
    Task<TelemetryAppended> AppendAsync(IReadOnlyList<TelemetryBatch> batches, CancellationToken cancellationToken);
}
