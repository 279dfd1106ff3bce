namespace ActivityLog.Core.Checks;

/// <summary>The same spend three times over, and why the three differ.</summary>
public sealed record SpendCheck
{
    /// <summary>Most messages that are looked at.</summary>
    public const int MaxMessages = 1_000_000;

    /// <summary>Whether there are more messages than that: nothing is compared then.</summary>
    public required bool IsTooLarge { get; init; }

    /// <summary>How many messages were looked at, or would have to be.</summary>
    public required long Messages { get; init; }

    /// <summary>How many sessions; 0 where there are too many messages.</summary>
    public int Sessions { get; init; }

    /// <summary>By events of calls.</summary>
    public SpendTold Events { get; init; }

    /// <summary>By spans of calls, those that aren't counted among them: tokens alone.</summary>
    public SpendTold Spans { get; init; }

    /// <summary>By metrics: cost and tokens.</summary>
    public SpendTold Metrics { get; init; }

    /// <summary>What reports count: each call once, and what only metrics tell.</summary>
    public SpendTold Counted { get; init; }

    /// <summary>Each reason that there is, the weightiest first.</summary>
    public IReadOnlyList<SpendDifference> Differences { get; init; } = [];

    /// <summary>Whether all that was sent agrees.</summary>
    public bool Agrees => !IsTooLarge && Differences.All(static difference => !difference.IsAmiss);
}
