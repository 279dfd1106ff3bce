using System.Collections.Concurrent;
using System.Globalization;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Otlp;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Tokens;

/// <summary>
/// Holds tokens to their limits, where they have any: each node for itself. A request is taken whole or not at all. Safe to call from many threads.
/// </summary>
internal sealed class TokenLimiter(IOptionsMonitor<TokenLimitOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<int, TokenAllowance> _allowances = new();

    /// <summary>Why a request may not come now; null when it may. Takes nothing yet.</summary>
    /// <param name="sender">Whose token it comes with.</param>
    /// <param name="bytes">Its size, decompressed.</param>
    public OtlpRefusal? Check(SendingSystem sender, long bytes)
    {
        var limits = Of(sender.Limits);
        return RefuseForGood(limits.BytesPerDay, bytes)
            ?? Refuse(limits, AllowanceOf(sender.TokenKey).Check(limits.RecordsPerSecond, limits.BytesPerDay, bytes));
    }

    /// <summary>As <see cref="Check"/>, and takes what the request holds when it may come.</summary>
    public OtlpRefusal? TryTake(SendingSystem sender, long records, long bytes, out TakenAllowance taken)
    {
        var limits = Of(sender.Limits);
        taken = default;
        return RefuseForGood(limits.BytesPerDay, bytes)
            ?? Refuse(limits, AllowanceOf(sender.TokenKey).TryTake(limits.RecordsPerSecond, limits.BytesPerDay, records, bytes, out taken));
    }

    /// <summary>Gives back what was taken for a request that wasn't stored.</summary>
    public void Return(SendingSystem sender, TakenAllowance taken) => AllowanceOf(sender.TokenKey).Return(taken);

    /// <summary>Tells what came with a token on this day before this process began.</summary>
    public void Resume(int tokenKey, long bytesOfDay) => AllowanceOf(tokenKey).Resume(bytesOfDay);

    // As many as there are tokens: those of senders that were let in.
    private TokenAllowance AllowanceOf(int tokenKey) => _allowances.GetOrAdd(tokenKey, static (_, time) => new TokenAllowance(time), clock);

    private (int RecordsPerSecond, long BytesPerDay) Of(TokenLimits limits) =>
        (limits.RecordsPerSecond ?? options.CurrentValue.RecordsPerSecond, limits.BytesPerDay ?? options.CurrentValue.BytesPerDay);

    // No day has room for it: a sender that were told to wait would send it for ever.
    private static OtlpRefusal? RefuseForGood(long bytesPerDay, long bytes) => bytesPerDay == 0 || bytes <= bytesPerDay ? null : new(
        413, "larger than the token's bytes per day", string.Create(CultureInfo.InvariantCulture,
            $"This request counts for {bytes} bytes, and this token may bring {bytesPerDay} bytes a day (UTC): it can't be taken on any. Send smaller batches, or ask an admin for a token with a higher limit."));

    private static OtlpRefusal? Refuse((int RecordsPerSecond, long BytesPerDay) limits, (bool IsOfDay, TimeSpan Wait)? found) => found switch
    {
        null => null,
        (true, var wait) => Refuse("over the token's bytes per day", string.Create(CultureInfo.InvariantCulture, $"{limits.BytesPerDay} bytes a day (UTC)"), wait),
        (false, var wait) => Refuse("over the token's records per second", string.Create(CultureInfo.InvariantCulture, $"{limits.RecordsPerSecond} records a second"), wait),
    };

    private static OtlpRefusal Refuse(string reason, string limit, TimeSpan wait) => new(429, reason,
        $"This token may bring {limit}. Nothing of this request is stored: send it again after the time in Retry-After, send less, or ask an admin for a token with a higher limit.")
    {
        Wait = wait,
    };
}
