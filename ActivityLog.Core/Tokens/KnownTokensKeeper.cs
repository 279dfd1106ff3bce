using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Core.Tokens;

/// <summary>Keeps <see cref="KnownTokens"/> up to date: those of all nodes, used or not, and without those that were revoked elsewhere.</summary>
internal sealed class KnownTokensKeeper(
    KnownTokens known, DatabaseState database, IDbContextFactory<ActivityLogDbContext> contexts, IOptionsMonitor<PlanOptions> plans, TimeProvider clock,
    ILogger<KnownTokensKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_saveInterval = TimeSpan.FromSeconds(1);

    // All are asked for at every so many saves.
    private const int AskEvery = 15;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.CanBeAway)
        {
            return;
        }

        string? told = null;
        using var timer = new PeriodicTimer(s_saveInterval, clock);
        for (var round = 0; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            try
            {
                if (round % AskEvery == 0 && !database.IsAway)
                {
                    await AskAsync(stoppingToken);
                }

                known.Save();
                told = null;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (told != exception.Message)
                {
                    logger.LogWarning(exception, "The known tokens can't be kept up to date; trying again");
                    told = exception.Message;
                }
            }
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var good = await (
            from t in context.Tokens.AsNoTracking()
            join s in context.Systems on t.SystemKey equals s.Key
            where s.DeletedAt == null && t.RevokedAt == null && (t.ExpiresAt == null || t.ExpiresAt > now)
            select new { Token = t, System = s }).ToListAsync(cancellationToken);
        known.NoteAll([.. good.Select(one => KnownToken.Of(one.Token, one.System, plans.CurrentValue))]);
    }
}
