using ActivityLog.Core.Tokens;

namespace ActivityLog.Ingest.Tokens;

/// <summary>Refusals of the last 24 hours on all nodes: those that are stored, and those of this node that aren't yet.</summary>
public sealed class RefusalReader(IRefusalStore store, RefusalLog log, TimeProvider clock)
{
    /// <summary>How far back it looks.</summary>
    public static TimeSpan Shown { get; } = TimeSpan.FromHours(24);

    /// <summary>All of them, the newest first.</summary>
    public Task<IReadOnlyList<Refusal>> ListAsync(CancellationToken cancellationToken) => ListAsync(null, cancellationToken);

    /// <summary>Those of a System's tokens, the newest first.</summary>
    public Task<IReadOnlyList<Refusal>> ListOfSystemAsync(int systemKey, CancellationToken cancellationToken) => ListAsync(systemKey, cancellationToken);

    private async Task<IReadOnlyList<Refusal>> ListAsync(int? systemKey, CancellationToken cancellationToken)
    {
        // First what isn't stored: what is stored meanwhile is counted twice until the next look, rather than missing.
        var pending = log.List();
        var stored = await store.ListAsync(clock.GetUtcNow().UtcDateTime - Shown, systemKey, cancellationToken);
        return Refusal.Sum(stored.Concat(pending.Where(refusal => systemKey is null || refusal.SystemKey == systemKey)));
    }
}
