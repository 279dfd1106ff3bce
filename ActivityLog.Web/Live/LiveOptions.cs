using System.ComponentModel.DataAnnotations;

namespace ActivityLog.Web.Live;

/// <summary>Streams of what comes in, for scripts.</summary>
public sealed class LiveOptions
{
    public const string Section = "ActivityLog:Live";

    /// <summary>Most streams open at once on this node.</summary>
    [Range(0, 10_000)]
    public int MaxStreams { get; set; } = 100;

    /// <summary>Most streams that one person has open at once on this node.</summary>
    [Range(0, 10_000)]
    public int MaxStreamsPerPerson { get; set; } = 10;

    /// <summary>Seconds after which a stream on which nothing happened says that it is still there.</summary>
    [Range(1, 300)]
    public int HeartbeatSeconds { get; set; } = 15;
}
