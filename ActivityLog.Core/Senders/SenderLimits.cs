namespace ActivityLog.Core.Senders;

/// <summary>How many senders are kept, and for how long: an installation in a container that lives an hour is a new one each time.</summary>
public static class SenderLimits
{
    /// <summary>Most of one System.</summary>
    public const int MaxPerSystem = 2_000;

    /// <summary>How long one is kept that isn't seen any more.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(90);
}
