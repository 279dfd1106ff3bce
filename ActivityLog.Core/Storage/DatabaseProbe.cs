using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Storage;

/// <inheritdoc/>
internal sealed class DatabaseProbe(IDbContextFactory<ActivityLogDbContext> contexts, TimeProvider clock) : IDatabaseProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(either.Token);
            await context.Database.ExecuteSqlRawAsync("SELECT 1", either.Token);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was, it was no answer.
            return false;
        }
    }
}
