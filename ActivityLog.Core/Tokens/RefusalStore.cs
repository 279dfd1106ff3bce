using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Tokens;

/// <inheritdoc/>
internal sealed class RefusalStore(IDbContextFactory<ActivityLogDbContext> contexts, TimeProvider clock) : IRefusalStore
{
    // Rows of one statement.
    private const int Chunk = 100;

    private const int ColumnCount = 11;

    public async Task<IReadOnlyList<Refusal>> ListAsync(DateTime since, int? systemKey, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var hour = Hours.Of(since);
        var rows = await StoreErrors.GuardAsync(() => context.Refusals.AsNoTracking()
            .Where(row => row.Hour >= hour && row.LastAt >= since && (systemKey == null || row.SystemKey == systemKey))
            .ToListAsync(cancellationToken));
        return Refusal.Sum(rows.Select(static row => row.ToRefusal()));
    }

    public Task AddAsync(IReadOnlyCollection<Refusal> refusals, CancellationToken cancellationToken) => StoreErrors.GuardAsync(async () =>
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // All or none: what fails is told again. Ordered, so that two nodes that tell of the same kinds don't lock each other out.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        foreach (var chunk in refusals.Select(static refusal => (Hour: Hours.Of(refusal.LastAt), Kind: RefusalRow.KindOf(refusal), Refusal: refusal))
            .OrderBy(static row => row.Hour).ThenBy(static row => row.Kind).Chunk(Chunk))
        {
            var rows = string.Join(", ", chunk.Select(static (_, row) =>
                $"({string.Join(", ", Enumerable.Range(row * ColumnCount, ColumnCount).Select(static value => $"{{{value}}}"))})"));
            var sql = "INSERT INTO refusals (hour, kind_key, system_key, token_key, token, source, status_code, reason, count, first_at, last_at) "
                + $"VALUES {rows} ON CONFLICT (hour, kind_key) DO UPDATE SET count = refusals.count + excluded.count, "
                + "first_at = CASE WHEN excluded.first_at < refusals.first_at THEN excluded.first_at ELSE refusals.first_at END, "
                + "last_at = CASE WHEN excluded.last_at > refusals.last_at THEN excluded.last_at ELSE refusals.last_at END";
            await context.Database.ExecuteSqlRawAsync(sql, chunk.SelectMany(static row => ValuesOf(row.Hour, row.Kind, row.Refusal))!, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    });

    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var before = clock.GetUtcNow().UtcDateTime - IRefusalStore.Kept;
        await context.Refusals.Where(row => row.Hour < before).ExecuteDeleteAsync(cancellationToken);
    }

    private static IEnumerable<object?> ValuesOf(DateTime hour, long kind, Refusal refusal) =>
    [
        UnixMicroseconds.From(hour), kind, refusal.SystemKey, refusal.TokenKey, refusal.Token,
        refusal.Source, refusal.StatusCode, refusal.Reason, refusal.Count, UnixMicroseconds.From(refusal.FirstAt), UnixMicroseconds.From(refusal.LastAt),
    ];
}
