namespace ActivityLog.Core.Messages;

/// <summary>Which reports of the same thing a row holds. A call told as event and as span is one row with both.</summary>
[Flags]
public enum MessageParts : short
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>The log record (event).</summary>
    Event = 1,

    /// <summary>The span.</summary>
    Span = 2,

    /// <summary>The decision that denied the tool.</summary>
    Denial = 4,
}
