namespace ActivityLog.Core.Checks;

/// <summary>One reason why the three sums differ, over all sessions.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Count">How many events, spans, calls or sessions.</param>
/// <param name="Spend">The spend that it is about; of <see cref="SpendDifferenceKind.MetricsDiffer"/> what metrics tell more, below zero what they tell less.</param>
/// <param name="Sessions">Sessions in which it is, at most <see cref="MaxSessions"/>.</param>
public sealed record SpendDifference(SpendDifferenceKind Kind, long Count, SpendTold Spend, IReadOnlyList<CheckedSession> Sessions)
{
    /// <summary>Most sessions that are named.</summary>
    public const int MaxSessions = 5;

    /// <summary>Whether something is amiss; else it only is as the sender was set up.</summary>
    public bool IsAmiss => Kind < SpendDifferenceKind.NoEvents;
}
