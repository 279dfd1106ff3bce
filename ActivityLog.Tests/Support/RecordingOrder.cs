namespace ActivityLog.Tests.Support;

/// <summary>In which order, and how often, a recording's requests are posted.</summary>
public enum RecordingOrder
{
    /// <summary>As they came.</summary>
    Recorded,

    /// <summary>The last first.</summary>
    Reversed,

    /// <summary>As they came, and all of them once more.</summary>
    Twice,
}
