namespace ActivityLog.Web.Sessions;

/// <summary>Where a session's page is. Senders make their ids: two Systems may have a session of the same.</summary>
internal static class SessionAddress
{
    /// <summary>The address of a session.</summary>
    /// <param name="sessionId">The sender's id of it.</param>
    /// <param name="systemId">The System that has it; null where that isn't known: the page then asks, where several have one.</param>
    /// <param name="zone">The zone that its times are told in; null for the installation's.</param>
    /// <param name="show">Which of its rows; null for all.</param>
    /// <param name="prompt">The sender's id of the prompt that is looked for; null for none.</param>
    public static string Of(string sessionId, Guid? systemId, TimeZoneInfo? zone, string? show = null, string? prompt = null)
    {
        var parameters = new[] { KeyValuePair.Create("systemId", systemId?.ToString()), new("tz", zone?.Id), new("show", show), new("prompt", prompt) };
        return $"/sessions/{Uri.EscapeDataString(sessionId)}{QueryString.Create(parameters.Where(static pair => pair.Value is not null))}";
    }
}
