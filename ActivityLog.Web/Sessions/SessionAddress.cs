namespace ActivityLog.Web.Sessions;

/// <summary>Where a session's page is. Senders make their ids: two Systems may have a session of the same.</summary>
internal static class SessionAddress
{
    /// <summary>The address of a session.</summary>
    /// <param name="sessionId">The sender's id of it.</param>
    /// <param name="systemId">The System that has it; null where that isn't known: the page then asks, where several have one.</param>
    /// <param name="show">Which of its rows; null for all.</param>
    public static string Of(string sessionId, Guid? systemId, string? show = null)
    {
        var query = QueryString.Empty;
        query = systemId is { } system ? query.Add("systemId", system.ToString()) : query;
        return $"/sessions/{Uri.EscapeDataString(sessionId)}{(show is null ? query : query.Add("show", show))}";
    }
}
