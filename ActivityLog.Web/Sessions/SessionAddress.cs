namespace ActivityLog.Web.Sessions;

/// <summary>Where a session's page is. Senders make their ids: two Systems may have a session of the same.</summary>
internal static class SessionAddress
{
    /// <summary>The address of a session of a System.</summary>
    public static string Of(string sessionId, Guid systemId) => $"/sessions/{Uri.EscapeDataString(sessionId)}?systemId={systemId}";
}
