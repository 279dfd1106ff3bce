namespace ActivityLog.Core.Storage;

/// <summary>
/// Until when rows that others refer to (attribute sets, sessions, series) are kept: longer than any row that refers to them. What is noted reaches further than
/// what must be, so that a set used every day is noted anew once a week, and not with each batch.
/// </summary>
internal static class SharedExpiry
{
    /// <summary>Longest time that an expired point of a cumulative series stays as the base of those after it, unless they keep it.</summary>
    public static readonly TimeSpan BaseKept = TimeSpan.FromDays(30);

    private static readonly long s_least = (long)(BaseKept + TimeSpan.FromDays(2)).TotalMicroseconds;
    private static readonly long s_noted = s_least + (long)TimeSpan.FromDays(7).TotalMicroseconds;

    /// <summary>What is noted of a row referred to by one that expires then; null for never.</summary>
    public static long? Noted(DateTime? expiresAt) => expiresAt is { } at ? UnixMicroseconds.From(at) + s_noted : null;

    /// <summary>What is noted of a row referred to by one written now, which stays until the next sweep even if it has expired by now.</summary>
    public static long? Noted(DateTime? expiresAt, DateTime now) => Noted(expiresAt < now ? now : expiresAt);

    /// <summary>Whether what is noted is enough for one more row that refers to it and is written now. What is due by now may have been deleted since it was noted.</summary>
    public static bool Covers(long? noted, DateTime? expiresAt, DateTime now) =>
        noted is not { } until || (expiresAt is { } at && until >= UnixMicroseconds.From(at > now ? at : now) + s_least);

    /// <summary>The later of two; null is never.</summary>
    public static long? Later(long? one, long? other) => one is { } a && other is { } b ? Math.Max(a, b) : null;

    /// <summary>The end of an insert: what is there already is kept longer, if need be.</summary>
    /// <param name="table">The table inserted into.</param>
    /// <param name="key">Its key.</param>
    public static string OnConflict(string table, string key) =>
        $"ON CONFLICT ({key}) DO UPDATE SET expires_at = excluded.expires_at WHERE {table}.expires_at < coalesce(excluded.expires_at, {long.MaxValue})";
}
