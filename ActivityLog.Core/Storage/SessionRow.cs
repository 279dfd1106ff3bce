namespace ActivityLog.Core.Storage;

/// <summary>
/// A row of <c>sessions</c>: what must be known of a session as a whole to write its messages. It is locked while a batch of its session is written where that
/// decides which form of a call counts (DESIGN 5, rule 2).
/// </summary>
public sealed class SessionRow
{
    public int SystemKey { get; set; }
    public long SessionKey { get; set; }
    public string SessionId { get; set; } = "";

    /// <summary>Whether an event of a known agent came: then its spans without an id of the call are repeats.</summary>
    public bool HasEvents { get; set; }

    /// <summary>Until when it is kept: longer than any of its rows that it matters to; null for ever.</summary>
    public long? ExpiresAt { get; set; }
}
