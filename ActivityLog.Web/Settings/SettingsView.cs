using ActivityLog.Core.Summaries;

namespace ActivityLog.Web.Settings;

/// <summary>What holds for the whole installation.</summary>
/// <param name="TimeZone">IANA name of the zone whose days are meant where nobody names one.</param>
/// <param name="TimeZoneIsChosen">Whether an admin chose it; else the server's configuration says it.</param>
internal sealed record SettingsView(string TimeZone, bool TimeZoneIsChosen)
{
    public static SettingsView Of(SummaryChoices choices, ZoneOfOption byOption) =>
        new((choices.TimeZone ?? byOption.Zone).Id, choices.TimeZone is not null);
}
