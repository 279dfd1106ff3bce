using System.Text.Json;

namespace ActivityLog.Core.Summaries;

/// <summary>How far the sums of what was stored already follow the settings (<see cref="SummarySettings"/>). A row of <c>settings</c>.</summary>
/// <param name="Change">Number of the change of the settings that it is about: a building that another change overtook isn't the last.</param>
/// <param name="Days">IANA name of the zone whose days are right; null while none is.</param>
/// <param name="Keys">The pinned keys that are right.</param>
/// <param name="Progress">From 0 to 1, of what is being built.</param>
internal sealed record SummaryBuilt(int Change, string? Days, IReadOnlyList<string> Keys, double Progress)
{
    /// <summary>Name of the setting.</summary>
    public const string Name = "summaries.built";

    /// <summary>What a value says.</summary>
    /// <param name="value">The value of the row; null where there is none: then all is as the settings say, or nothing is.</param>
    /// <param name="settings">The settings.</param>
    public static SummaryBuilt Parse(string? value, SummarySettings settings) =>
        value is not null ? JsonSerializer.Deserialize<SummaryBuilt>(value, JsonSerializerOptions.Web)!
        : settings.AreBuilt ? new(0, settings.Zone, settings.Pins, 1)
        : new(0, null, [], 0);

    /// <summary>Whether nothing is left to build.</summary>
    public bool IsWhole(SummarySettings settings) => settings.AreBuilt && Days == settings.Zone && AreKeysWhole(settings);

    /// <summary>Whether all pinned keys are right.</summary>
    public bool AreKeysWhole(SummarySettings settings) => !settings.Pins.Except(Keys, StringComparer.Ordinal).Any();

    /// <summary>The value of the row.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
