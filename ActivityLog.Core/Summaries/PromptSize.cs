namespace ActivityLog.Core.Summaries;

/// <summary>The class of a call by the tokens sent (uncached, read from a cache and written to one), since some models cost more above a limit. Stored: never renumber.</summary>
public static class PromptSize
{
    // The last token count of each class but the last.
    private static readonly long[] s_limits = [100_000, 200_000, 271_999];

    /// <summary>Number of classes.</summary>
    public static int Count => s_limits.Length + 1;

    /// <summary>The class of a call with so many tokens of each kind; what isn't known is none.</summary>
    public static short Of(long? input, long? cacheRead, long? cacheCreate)
    {
        var tokens = (Int128)(input ?? 0) + (cacheRead ?? 0) + (cacheCreate ?? 0);
        short size = 0;
        while (size < s_limits.Length && tokens > s_limits[size])
        {
            size++;
        }

        return size;
    }

    /// <summary>Most tokens of a class; null for the last one.</summary>
    public static long? Limit(short size) => size < s_limits.Length ? s_limits[size] : null;
}
