using ActivityLog.Core.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Ingest.Tokens;

/// <summary>Goes on counting the day's bytes of each token where the processes before this one stopped.</summary>
internal sealed partial class TokenLimitResume(TokenLimiter limiter, ITokenUseStore uses, TimeProvider clock, ILogger<TokenLimitResume> logger) : IHostedService
{
    // A start doesn't wait for a database that is away.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (token, bytes) in await uses.SumBytesAsync(clock.GetUtcNow().UtcDateTime.Date, cancellationToken).WaitAsync(s_patience, cancellationToken))
            {
                limiter.Resume(token, bytes);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The start goes on whatever it was: the database may be away, or its tables not be up to date yet.
            LogAway(e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "What tokens brought today can't be read now: their limits of bytes per day are counted from here on")]
    private partial void LogAway(Exception exception);
}
