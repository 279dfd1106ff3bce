using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>How one row is summed up under some <see cref="SummarySettings"/>. Safe to call from many threads.</summary>
internal sealed class SummaryRules
{
    private const long Quarter = 900 * UnixMicroseconds.PerSecond;
    private const long Day = 86_400 * UnixMicroseconds.PerSecond;

    // What tells decisions and metrics apart, beside the pinned ones.
    private static readonly string[] s_ofPoints = ["type", "language", "decision", "tool_name", "source"];

    // The latest: they change a few times a year.
    private static volatile SummaryRules? s_last;

    private readonly string? _value;
    private readonly ZoneOffsets _zone;

    private SummaryRules(string? value)
    {
        _value = value;
        var settings = SummarySettings.Parse(value);
        _zone = ZoneOffsets.Of(TimeZoneInfo.FindSystemTimeZoneById(settings.Zone));
        OfMessages = new(settings.Pins);
        OfPoints = new([.. settings.Pins, .. s_ofPoints]);
    }

    /// <summary>The pinned attributes of messages.</summary>
    public PinnedAttributes OfMessages { get; }

    /// <summary>Those of metric points: what Claude Code's metrics count by, too.</summary>
    public PinnedAttributes OfPoints { get; }

    /// <summary>The attribute that says what was decided.</summary>
    public PinnedAttributes OfDecisions { get; } = new(["decision"]);

    private bool IsFull => OfMessages.IsFull || OfPoints.IsFull || OfDecisions.IsFull;

    /// <summary>The rules of a value of the setting; null where there is none.</summary>
    public static SummaryRules Of(string? value) => s_last is { IsFull: false } last && last._value == value ? last : s_last = new(value);

    /// <summary>The quarter of an hour of a time in Unix microseconds.</summary>
    public static int QuarterOf(long time) => (int)Floor(time, Quarter);

    /// <summary>The moment that a quarter begins.</summary>
    public static long StartOf(int quarter) => quarter * Quarter;

    /// <summary>Its day.</summary>
    public int DayOf(long time) => (int)Floor(time + _zone.OffsetAt(time), Day);

    private static long Floor(long time, long unit) => time >= 0 ? time / unit : (time - unit + 1) / unit;
}
