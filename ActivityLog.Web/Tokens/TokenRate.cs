using ActivityLog.Core.Tokens;

namespace ActivityLog.Web.Tokens;

/// <summary>How much came with a token over the last day.</summary>
/// <param name="Address">Where the last of it came from; null where nothing came.</param>
/// <param name="PerHour">Records an hour, over the day or since the token was made.</param>
/// <param name="Hours">Records of each hour, the oldest first; the last one isn't over.</param>
public sealed record TokenRate(string? Address, double PerHour, IReadOnlyList<double> Hours)
{
    private const int Shown = 24;

    /// <summary>From when on hours are needed, UTC.</summary>
    public static DateTime Since(DateTime now) => Core.Storage.Hours.Of(now).AddHours(1 - Shown);

    /// <summary>The rate of one token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="hours">Its hours of the last day.</param>
    /// <param name="now">UTC.</param>
    public static TokenRate Of(IngestToken token, IEnumerable<TokenHour> hours, DateTime now)
    {
        var byHour = hours.ToDictionary(static hour => hour.Hour);
        var since = Since(now);
        var counts = Enumerable.Range(0, Shown).Select(hour => (double)(byHour.GetValueOrDefault(since.AddHours(hour))?.Records ?? 0)).ToList();
        var from = token.CreatedAt > since ? token.CreatedAt : since;
        return new(byHour.Values.MaxBy(static hour => hour.LastAt)?.Address, counts.Sum() / Math.Max(1, (now - from).TotalHours), counts);
    }
}
