using System.Text.Json;

namespace ActivityLog.Core.Summaries;

/// <summary>How sums are made: what each writer must know, and must know of its own transaction, not of some time before. A row of <c>settings</c>.</summary>
/// <param name="Zone">IANA name of the zone of the days.</param>
/// <param name="Pins">The pinned attributes, in no particular order.</param>
/// <param name="AreBuilt">Whether the sums hold all rows: not after an upgrade of a database that had rows before there were sums.</param>
public sealed record SummarySettings(string Zone, IReadOnlyList<string> Pins, bool AreBuilt)
{
    /// <summary>Name of the setting.</summary>
    public const string Name = "summaries";

    /// <summary>Most pinned attributes.</summary>
    public const int MaxPins = 10;

    /// <summary>What holds where nothing was set.</summary>
    public static SummarySettings Default { get; } = new("UTC", ["vcs.repository.url.full"], AreBuilt: true);

    /// <summary>The settings of a value; what it leaves open is as in <see cref="Default"/>.</summary>
    /// <param name="value">The value of the row; null where there is none.</param>
    public static SummarySettings Parse(string? value)
    {
        if (value is null)
        {
            return Default;
        }

        using var json = JsonDocument.Parse(value);
        var root = json.RootElement;
        return new(
            root.TryGetProperty("zone", out var zone) ? zone.GetString()! : Default.Zone,
            root.TryGetProperty("pins", out var pins) ? [.. pins.EnumerateArray().Select(static p => p.GetString()!)] : Default.Pins,
            !root.TryGetProperty("built", out var built) || built.GetBoolean());
    }

    /// <summary>The value of the row.</summary>
    public override string ToString() => JsonSerializer.Serialize(new { zone = Zone, pins = Pins, built = AreBuilt });
}
