namespace ActivityLog.Web.Settings;

/// <summary>What is to hold for the whole installation.</summary>
/// <param name="TimeZone">IANA name of the zone whose days are meant where nobody names one; null for that of the server's configuration.</param>
internal sealed record SettingsRequest(string? TimeZone);
