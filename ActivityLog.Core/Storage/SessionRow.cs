namespace ActivityLog.Core.Storage;

/// <summary>
/// A row of <c>sessions</c>: what is known of a session as a whole. It is locked while a batch of its session is written where that decides which form of a call
/// counts (DESIGN 5, rule 2).
/// </summary>
public sealed class SessionRow
{
    public int SystemKey { get; set; }
    public long SessionKey { get; set; }
    public string SessionId { get; set; } = "";

    /// <summary>Whether an event of a known agent came: then its spans without an id of the call are repeats.</summary>
    public bool HasEvents { get; set; }

    /// <summary>Start of the first of its messages that count (or its time, where no start is known), as in <c>messages</c>; null without any.</summary>
    public long? FirstAt { get; set; }

    /// <summary>Time of the last of its messages that count; null without any.</summary>
    public long? LastAt { get; set; }

    /// <summary>The person of the last of them that names one (of several at one time, the largest number).</summary>
    public int? UserId { get; set; }

    /// <summary>Time of that message.</summary>
    public long? UserAt { get; set; }

    /// <summary>Until when it is kept: longer than any of its rows; null for ever.</summary>
    public long? ExpiresAt { get; set; }
}
