using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Tokens;

/// <inheritdoc/>
internal sealed class TokenUseStore(IDbContextFactory<ActivityLogDbContext> contexts, IBackgroundWrites writes, TimeProvider clock) : ITokenUseStore
{
    private const string Update =
        """
        requests = token_hours.requests + excluded.requests, records = token_hours.records + excluded.records, bytes = token_hours.bytes + excluded.bytes,
        address = CASE WHEN excluded.last_at >= token_hours.last_at THEN excluded.address ELSE token_hours.address END,
        last_at = CASE WHEN excluded.last_at >= token_hours.last_at THEN excluded.last_at ELSE token_hours.last_at END
        """;

    private static readonly string[] s_columns = ["system_key", "token_key", "hour", "requests", "records", "bytes", "address", "last_at"];

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

    public Task AddAsync(IReadOnlyCollection<TokenHour> hours, CancellationToken cancellationToken) => writes.UpsertAsync(
        "token_hours", s_columns, "system_key, token_key, hour", Update,
        hours.OrderBy(static hour => hour.SystemKey).ThenBy(static hour => hour.TokenKey).ThenBy(static hour => hour.Hour).Select(ValuesOf), cancellationToken);

    public Task TidyAsync(CancellationToken cancellationToken) =>
        writes.DeleteBeforeAsync("token_hours", "hour", clock.GetUtcNow().UtcDateTime - ITokenUseStore.Kept, cancellationToken);

    private static object?[] ValuesOf(TokenHour hour) =>
    [
        hour.SystemKey, hour.TokenKey, UnixMicroseconds.From(hour.Hour), hour.Requests, hour.Records, hour.Bytes, hour.Address, UnixMicroseconds.From(hour.LastAt),
    ];
}
