using System.Security.Cryptography;
using System.Text;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Accounts;

/// <summary>Keeps refresh tokens, as hashes only. Safe to call from many threads and from several nodes at once.</summary>
public sealed class RefreshTokenStore(IDbContextFactory<ActivityLogDbContext> contexts, TimeProvider clock)
{
    /// <summary>How long a refresh token may be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private const int SecretBytes = 32;

    /// <summary>Begins a family for a person who just proved who they are.</summary>
    /// <returns>The secret: shown once, kept nowhere.</returns>
    public async Task<string> BeginAsync(AppUser user, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        await context.RefreshTokens.Where(token => token.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        var secret = Add(context, Guid.CreateVersion7(clock.GetUtcNow()), user.Id, user.SecurityStamp ?? "");
        await context.SaveChangesAsync(cancellationToken);
        return secret;
    }

    /// <summary>Whether a token was made here and its family lasts. Only reads, so that guesses keep nobody from writing.</summary>
    public async Task<bool> IsKnownAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = Hash(secret);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RefreshTokens.AnyAsync(token => token.Hash == hash, cancellationToken);
    }

    /// <summary>Uses a token and makes the next of its family. One that was used before ends its family, since somebody else has it too.</summary>
    /// <returns>The person and the next secret; null when the token isn't known, was used, has expired, its person's password changed since, or the person is locked out,
    /// which wrong tries of somebody else do, so that it may be used again afterwards.</returns>
    public async Task<RefreshedToken?> RotateAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = Hash(secret);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);

        // The update locks the row, so that of two uses at once one sees the other.
        var used = await context.RefreshTokens.Where(token => token.Hash == hash && token.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(static token => token.UsedAt, now), cancellationToken);
        var known = await context.RefreshTokens.AsNoTracking().SingleOrDefaultAsync(token => token.Hash == hash, cancellationToken);
        if (known is null || known.ExpiresAt <= now)
        {
            return null;
        }

        var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == known.UserId, cancellationToken);
        if (user is not null && IsLockedOut(user))
        {
            return null;
        }

        RefreshedToken? refreshed = null;
        if (used == 1 && user is not null && user.SecurityStamp == known.SecurityStamp)
        {
            refreshed = new RefreshedToken(user, Add(context, known.FamilyId, known.UserId, known.SecurityStamp));
            await context.SaveChangesAsync(cancellationToken);
        }
        else
        {
            await context.RefreshTokens.Where(token => token.FamilyId == known.FamilyId).ExecuteDeleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return refreshed;
    }

    private bool IsLockedOut(AppUser user) => user.LockoutEnd > clock.GetUtcNow();

    private string Add(ActivityLogDbContext context, Guid family, Guid userId, string securityStamp)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = clock.GetUtcNow().UtcDateTime;
        context.RefreshTokens.Add(new RefreshToken
        {
            Hash = Hash(secret),
            FamilyId = family,
            UserId = userId,
            SecurityStamp = securityStamp,
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        });
        return secret;
    }

    // The secret has 256 random bits, so that a fast hash is enough.
    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
