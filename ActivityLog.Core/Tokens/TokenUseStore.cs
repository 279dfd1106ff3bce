using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Tokens;

/// <inheritdoc/>
internal sealed class TokenUseStore(IDbContextFactory<ActivityLogDbContext> contexts, TimeProvider clock) : ITokenUseStore
{
    public async Task<IReadOnlyList<TokenHour>> ListAsync(int systemKey, DateTime since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var hour = Hours.Of(since);
        return await StoreErrors.GuardAsync(() => context.TokenHours.AsNoTracking().Where(row => row.SystemKey == systemKey && row.Hour >= hour)
            .OrderBy(static row => row.Hour).ToListAsync(cancellationToken));
    }

    public async Task<IReadOnlyDictionary<int, long>> SumBytesAsync(DateTime since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await StoreErrors.GuardAsync(() => context.TokenHours.Where(row => row.Hour >= since).GroupBy(static row => row.TokenKey)
            .Select(static group => new { group.Key, Bytes = group.Sum(static row => row.Bytes) })
            .ToDictionaryAsync(static sum => sum.Key, static sum => sum.Bytes, cancellationToken));
    }

    public Task AddAsync(IReadOnlyCollection<TokenHour> hours, CancellationToken cancellationToken) => StoreErrors.GuardAsync(async () =>
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // All or none: what fails is told again. Ordered, so that two nodes that tell of the same tokens don't lock each other out.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        foreach (var hour in hours.OrderBy(static row => row.TokenKey).ThenBy(static row => row.Hour))
        {
            const string Sql = "INSERT INTO token_hours (system_key, token_key, hour, requests, records, bytes, address, last_at) VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}) "
                + "ON CONFLICT (system_key, token_key, hour) DO UPDATE SET requests = token_hours.requests + excluded.requests, records = token_hours.records + excluded.records, "
                + "bytes = token_hours.bytes + excluded.bytes, "
                + "address = CASE WHEN excluded.last_at >= token_hours.last_at THEN excluded.address ELSE token_hours.address END, "
                + "last_at = CASE WHEN excluded.last_at >= token_hours.last_at THEN excluded.last_at ELSE token_hours.last_at END";
            object?[] values =
            [
                hour.SystemKey, hour.TokenKey, UnixMicroseconds.From(hour.Hour), hour.Requests, hour.Records, hour.Bytes, hour.Address,
                UnixMicroseconds.From(hour.LastAt),
            ];
            await context.Database.ExecuteSqlRawAsync(Sql, values!, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    });

    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var before = clock.GetUtcNow().UtcDateTime - ITokenUseStore.Kept;
        await context.TokenHours.Where(row => row.Hour < before).ExecuteDeleteAsync(cancellationToken);
    }
}
