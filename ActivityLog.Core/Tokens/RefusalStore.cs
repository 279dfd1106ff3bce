using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Tokens;

/// <inheritdoc/>
internal sealed class RefusalStore(IDbContextFactory<ActivityLogDbContext> contexts, IBackgroundWrites writes, TimeProvider clock) : IRefusalStore
{
    private const string Update =
        """
        count = refusals.count + excluded.count,
        first_at = CASE WHEN excluded.first_at < refusals.first_at THEN excluded.first_at ELSE refusals.first_at END,
        last_at = CASE WHEN excluded.last_at > refusals.last_at THEN excluded.last_at ELSE refusals.last_at END
        """;

    private static readonly string[] s_columns =
        ["hour", "kind_key", "system_key", "token_key", "token", "source", "status_code", "reason", "count", "first_at", "last_at"];

    public async Task<IReadOnlyList<Refusal>> ListAsync(DateTime since, int? systemKey, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var hour = Hours.Of(since);
        var rows = await StoreErrors.GuardAsync(() => context.Refusals.AsNoTracking()
            .Where(row => row.Hour >= hour && row.LastAt >= since && (systemKey == null || row.SystemKey == systemKey))
            .ToListAsync(cancellationToken));
        return Refusal.Sum(rows.Select(static row => row.ToRefusal()));
    }

    public Task AddAsync(IReadOnlyCollection<Refusal> refusals, CancellationToken cancellationToken) => writes.UpsertAsync(
        "refusals", s_columns, "hour, kind_key", Update,
        refusals.GroupBy(static refusal => (Hour: Hours.Of(refusal.LastAt), Kind: RefusalRow.KindOf(refusal)))
            .OrderBy(static kind => kind.Key.Hour).ThenBy(static kind => kind.Key.Kind)
            .Select(static kind => ValuesOf(kind.Key.Hour, kind.Key.Kind, kind.Aggregate(static (sum, refusal) => sum.With(refusal)))), cancellationToken);

    public Task TidyAsync(CancellationToken cancellationToken) =>
        writes.DeleteBeforeAsync("refusals", "hour", clock.GetUtcNow().UtcDateTime - IRefusalStore.Kept, cancellationToken);

    private static object?[] ValuesOf(DateTime hour, long kind, Refusal refusal) =>
    [
        UnixMicroseconds.From(hour), kind, refusal.SystemKey, refusal.TokenKey, refusal.Token, refusal.Source, refusal.StatusCode, refusal.Reason, refusal.Count,
        UnixMicroseconds.From(refusal.FirstAt), UnixMicroseconds.From(refusal.LastAt),
    ];
}
