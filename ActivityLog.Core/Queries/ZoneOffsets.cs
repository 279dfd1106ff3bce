using System.Collections.Concurrent;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Queries;

/// <summary>The offsets of a time zone over time, exact to the second they change: what SQL and the bounds of a day are made from.</summary>
public sealed class ZoneOffsets
{
    private const long MicrosecondsPerDay = 86_400 * UnixMicroseconds.PerSecond;
    private const int FirstYear = 1970;
    private const int LastYear = 2100;

    private static readonly ConcurrentDictionary<string, ZoneOffsets> s_zones = new(StringComparer.Ordinal);

    private ZoneOffsets(TimeZoneInfo zone) => All = Find(zone);

    /// <summary>From when (Unix microseconds; the first from ever) which offset (in microseconds) is in force.</summary>
    public IReadOnlyList<(long Start, long Offset)> All { get; }

    /// <summary>The offsets of a zone. Each zone is worked out once.</summary>
    public static ZoneOffsets Of(TimeZoneInfo zone) => s_zones.GetOrAdd(zone.Id, static (_, zone) => new ZoneOffsets(zone), zone);

    /// <summary>The offsets in force between two times, the first of them from ever.</summary>
    public IReadOnlyList<(long Start, long Offset)> Between(DateTime? from, DateTime? to)
    {
        var first = from is { } start ? IndexAt(UnixMicroseconds.From(start)) : 0;
        var last = to is { } end ? IndexAt(UnixMicroseconds.From(end)) : All.Count - 1;
        return [.. All.Skip(first).Take(Math.Max(1, last - first + 1))];
    }

    /// <summary>The offset at a time.</summary>
    public TimeSpan At(DateTime utc) => TimeSpan.FromMicroseconds(All[IndexAt(UnixMicroseconds.From(utc))].Offset);

    /// <summary>When the offset changes next after a time, UTC; null when it doesn't any more.</summary>
    public DateTime? NextChange(DateTime utc) =>
        IndexAt(UnixMicroseconds.From(utc)) + 1 is var next && next < All.Count ? UnixMicroseconds.ToDateTime(All[next].Start) : null;

    /// <summary>The same in microseconds, at a time in Unix microseconds.</summary>
    public long OffsetAt(long microseconds) => All[IndexAt(microseconds)].Offset;

    /// <summary>The first moment of a date in this zone, UTC; where clocks skip midnight, the moment they skip to.</summary>
    public DateTime StartOf(DateOnly date)
    {
        var local = UnixMicroseconds.From(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        for (var i = 0; ; i++)
        {
            var (start, offset) = All[i];
            var moment = Math.Max(start, local - offset);
            if (i == All.Count - 1 || moment < All[i + 1].Start)
            {
                return UnixMicroseconds.ToDateTime(moment);
            }
        }
    }

    /// <summary>The date in this zone at a time.</summary>
    public DateOnly DateAt(DateTime utc) => DateOnly.FromDateTime(utc + At(utc));

    private int IndexAt(long microseconds)
    {
        var (low, high) = (0, All.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = All[middle].Start <= microseconds ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private static List<(long Start, long Offset)> Find(TimeZoneInfo zone)
    {
        var end = UnixMicroseconds.From(new DateTime(LastYear, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var day = UnixMicroseconds.From(new DateTime(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var offset = OffsetAt(zone, day);
        List<(long, long)> found = [(long.MinValue, offset)];
        // No zone changes its offset twice within a day.
        for (; day < end; day += MicrosecondsPerDay)
        {
            var next = OffsetAt(zone, day + MicrosecondsPerDay);
            if (next != offset)
            {
                found.Add((FindChange(zone, day, day + MicrosecondsPerDay, offset), next));
                offset = next;
            }
        }

        return found;
    }

    private static long FindChange(TimeZoneInfo zone, long before, long after, long offset)
    {
        while (after - before > UnixMicroseconds.PerSecond)
        {
            var middle = before + (after - before) / 2 / UnixMicroseconds.PerSecond * UnixMicroseconds.PerSecond;
            (before, after) = OffsetAt(zone, middle) == offset ? (middle, after) : (before, middle);
        }

        return after;
    }

    private static long OffsetAt(TimeZoneInfo zone, long microseconds) =>
        (long)zone.GetUtcOffset(UnixMicroseconds.ToDateTime(microseconds)).TotalMicroseconds;
}
