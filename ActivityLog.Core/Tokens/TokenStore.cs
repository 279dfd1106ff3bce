using System.Globalization;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActivityLog.Core.Tokens;

/// <inheritdoc/>
internal sealed class TokenStore(
    IDbContextFactory<ActivityLogDbContext> contexts, IOptionsMonitor<PlanOptions> plans, TokenCache cache, TokenChanges changes, KnownTokens knownTokens, DatabaseState database,
    TimeProvider clock)
    : ITokenStore
{
    // A database that takes longer to find a token doesn't answer: its senders would give up first.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private const string Unknown = "this token is not known here: copy it again, or make a new one on the System's page";

    public async Task<IReadOnlyList<IngestToken>> ListAsync(int systemKey, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Tokens.AsNoTracking().Where(t => t.SystemKey == systemKey).OrderByDescending(static t => t.CreatedAt).ThenByDescending(static t => t.Key)
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<IngestToken>> ListAllAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Tokens.AsNoTracking().Where(t => context.Systems.Any(s => s.Key == t.SystemKey && s.DeletedAt == null)).ToListAsync(cancellationToken);
    }

    public async Task<IngestToken?> GetAsync(int systemKey, Guid tokenId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Tokens.AsNoTracking().SingleOrDefaultAsync(t => t.SystemKey == systemKey && t.Id == tokenId, cancellationToken);
    }

    public async Task<CreatedToken> CreateAsync(NewToken token, CancellationToken cancellationToken)
    {
        var secret = TokenSecret.Create();
        var now = clock.GetUtcNow();
        var kept = new IngestToken
        {
            Id = Guid.CreateVersion7(now),
            SystemKey = token.SystemKey,
            Name = token.Name,
            Prefix = TokenSecret.Prefix(secret),
            Hash = TokenSecret.Hash(secret),
            RetentionDays = token.RetentionDays,
            CreatedAt = UnixMicroseconds.Cut(now.UtcDateTime),
            CreatedBy = token.CreatedBy,
            ExpiresAt = token.ExpiresAt,
            RecordsPerSecond = token.Limits.RecordsPerSecond,
            BytesPerDay = token.Limits.BytesPerDay,
        };
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Tokens.Add(kept);
        await context.SaveChangesAsync(cancellationToken);
        return new CreatedToken(kept, secret);
    }

    public async Task<IngestToken?> LimitAsync(int systemKey, Guid tokenId, TokenLimits limits, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await changes.RunAsync(
            context,
            () => context.Tokens.Where(t => t.SystemKey == systemKey && t.Id == tokenId).ExecuteUpdateAsync(
                set => set.SetProperty(static t => t.RecordsPerSecond, limits.RecordsPerSecond).SetProperty(static t => t.BytesPerDay, limits.BytesPerDay), cancellationToken),
            cancellationToken);
        return await context.Tokens.AsNoTracking().SingleOrDefaultAsync(t => t.SystemKey == systemKey && t.Id == tokenId, cancellationToken);
    }

    public async Task<bool> RevokeAsync(int systemKey, Guid tokenId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        await changes.RunAsync(
            context,
            () => context.Tokens.Where(t => t.SystemKey == systemKey && t.Id == tokenId && t.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(static t => t.RevokedAt, now), cancellationToken),
            cancellationToken);
        knownTokens.Forget(tokenId);
        return await context.Tokens.AnyAsync(t => t.SystemKey == systemKey && t.Id == tokenId, cancellationToken);
    }

    public async ValueTask<TokenCheck> CheckAsync(string secret, CancellationToken cancellationToken)
    {
        if (!TokenSecret.IsWellFormed(secret))
        {
            return new TokenCheck(null, Unknown, null);
        }

        var hash = TokenSecret.Hash(secret);
        var key = Convert.ToHexString(hash);
        if (cache.Find(key) is { } known)
        {
            return known;
        }

        if (!database.Answers)
        {
            return CheckKnown(key);
        }

        var generation = cache.Generation;
        try
        {
            var check = await AskAsync(hash, cancellationToken).WaitAsync(s_patience, clock, cancellationToken);
            if (check.Token is null && database.IsAway && knownTokens.Find(key) is { } sender)
            {
                // Rows of tokens never go while they are good: a backup is being put back, and its tokens aren't there yet.
                return new TokenCheck(sender, null, null);
            }

            cache.Add(key, check, generation);
            knownTokens.Note(key, check.Sender is null ? null : new(key, check.Sender, check.Token?.ExpiresAt));
            return check;
        }
        catch (Exception exception) when (StoreErrors.IsIncomplete(exception))
        {
            // Whether the database takes writes all the same shows the write that follows.
            return CheckKnown(key);
        }
        catch (Exception exception) when (database.CanBeAway && exception is StoreUnavailableException or TimeoutException)
        {
            database.MarkAway(exception.GetBaseException().Message);
            return CheckKnown(key);
        }
    }

    // What nobody can look up now may yet be good: it isn't refused for good.
    private TokenCheck CheckKnown(string key) => knownTokens.Find(key) is { } sender
        ? new TokenCheck(sender, null, null)
        : throw new StoreUnavailableException("The database is away, and the token isn't one that was seen before.");

    private async Task<TokenCheck> AskAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await StoreErrors.GuardAsync(() => (
            from t in context.Tokens.AsNoTracking()
            join s in context.Systems on t.SystemKey equals s.Key
            where t.Hash == hash
            select new { Token = t, System = s }).SingleOrDefaultAsync(cancellationToken));
        if (found is null)
        {
            return new TokenCheck(null, Unknown, null);
        }

        var (token, system) = (found.Token, found.System);
        var now = clock.GetUtcNow().UtcDateTime;
        var refusal =
            system.DeletedAt is not null ? "the System of this token was deleted: make a token in another System" :
            token.RevokedAt is { } revoked ? $"this token was revoked on {Day(revoked)}: make a new one on the System's page" :
            token.ExpiresAt is { } expires && expires <= now ? $"this token expired on {Day(expires)}: make a new one on the System's page" :
            null;
        var sender = refusal is null
            ? KnownToken.Of(token, system, plans.CurrentValue).Sender
            : null;
        return new TokenCheck(sender, refusal, token);
    }

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
