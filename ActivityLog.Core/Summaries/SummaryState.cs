namespace ActivityLog.Core.Summaries;

/// <summary>What the summaries can answer now.</summary>
public sealed record SummaryState
{
    /// <summary>Whether the quarters, and the rows of sessions, hold all that is stored. While they don't, only raw rows tell.</summary>
    public required bool IsBuilt { get; init; }

    /// <summary>The zone whose days are summed up; null while they are being summed up for another one: quarters tell till then.</summary>
    public required TimeZoneInfo? Days { get; init; }

    /// <summary>The pinned metadata keys, in ordinal order.</summary>
    public required IReadOnlyList<string> PinnedKeys { get; init; }

    /// <summary>Those of them whose values the summaries tell apart; the others are still being summed up: raw rows tell till then.</summary>
    public required IReadOnlyList<string> ReadyKeys { get; init; }

    /// <summary>How far the building has come, from 0 to 1; 1 when there is nothing to build.</summary>
    public required double Progress { get; init; }
}
