using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Summaries;

/// <summary>SQL that keeps the rows of sessions, the same on both engines.</summary>
internal static class SessionRows
{
    /// <summary>The columns of a session that messages came of, in the order that they are written.</summary>
    public const string Columns = "system_key, session_key, session_id, has_events, first_at, last_at, user_id, user_at, expires_at";

    private const string IsLaterExpiry = "sessions.expires_at < coalesce(excluded.expires_at, 9223372036854775807)";

    private const string IsLaterUser =
        "(excluded.user_at IS NOT NULL AND (sessions.user_at IS NULL OR sessions.user_at < excluded.user_at " +
        "OR (sessions.user_at = excluded.user_at AND sessions.user_id < excluded.user_id)))";

    /// <summary>The end of an insert: what is there already reaches further, where it must.</summary>
    public const string OnConflict =
        $"""
        ON CONFLICT (system_key, session_key) DO UPDATE SET
            first_at = CASE WHEN sessions.first_at <= excluded.first_at THEN sessions.first_at ELSE excluded.first_at END,
            last_at = CASE WHEN sessions.last_at >= excluded.last_at THEN sessions.last_at ELSE excluded.last_at END,
            user_id = CASE WHEN {IsLaterUser} THEN excluded.user_id ELSE sessions.user_id END,
            user_at = CASE WHEN {IsLaterUser} THEN excluded.user_at ELSE sessions.user_at END,
            expires_at = CASE WHEN {IsLaterExpiry} THEN excluded.expires_at ELSE sessions.expires_at END
        WHERE sessions.first_at IS NULL OR sessions.first_at > excluded.first_at OR sessions.last_at < excluded.last_at OR {IsLaterUser} OR {IsLaterExpiry}
        """;

    /// <summary>
    /// The latest of the messages of a session. The plus keeps the engines from walking back through all messages by their time until they meet one of the session:
    /// of an old session that is a whole year of everybody's.
    /// </summary>
    public const string Latest = "ORDER BY +m.occurred_at DESC, m.user_id DESC LIMIT 1";

    /// <summary>Whether a session's row <c>s</c> may owe something to messages that went, whose first start and last time these are.</summary>
    public static string IsConcerned(string first, string last) => $"(s.first_at >= {first} OR s.last_at <= {last} OR s.user_at <= {last})";

    /// <summary>The messages of a session that count.</summary>
    public static string Messages(string system, string session) =>
        $"FROM messages AS m WHERE m.system_key = {system} AND m.session_key = {session} AND m.session_id IS NOT NULL AND m.type <> {(int)MessageType.Repeat}";
}
