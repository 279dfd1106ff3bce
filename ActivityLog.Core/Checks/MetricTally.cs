namespace ActivityLog.Core.Checks;

/// <summary>
/// Holds what metrics tell against the calls they are of: a session's, or where points bear no session all calls of that person in sessions without metrics of their own.
/// </summary>
internal static class MetricTally
{
    // Metrics add binary numbers: a microdollar and a millionth are below what they can tell.
    private const long LeastCost = 1_000;
    private const double LeastPart = 1e-6;

    /// <summary>Why metrics differ from calls, and of which session that is; of none where it is of a person's.</summary>
    public static IEnumerable<(int System, string? SessionId, SpendDifferenceKind Kind, long Count, SpendTold Spend)> Differences(
        IReadOnlyCollection<KeyValuePair<TallyKey, SessionTally>> tallies)
    {
        foreach (var (key, tally) in tallies.Where(static one => one.Key.Session is not null && one.Value.HasMetrics))
        {
            foreach (var (kind, spend) in Differences(tally.Metrics, tally.MetricsAlone, tally.HasCost, tally.Events))
            {
                yield return (key.System, tally.SessionId, kind, 1, spend);
            }
        }

        foreach (var person in tallies.Where(static one => one.Key.Session is null || !one.Value.HasMetrics).GroupBy(static one => (one.Key.System, one.Value.UserId)))
        {
            if (person.Any(static one => one.Value.HasMetrics))
            {
                var told = person.Aggregate(default(SpendTold), static (sum, one) => sum + one.Value.Events);
                var (metrics, alone) = person.Aggregate((default(SpendTold), default(SpendTold)), static (sum, one) => (sum.Item1 + one.Value.Metrics, sum.Item2 + one.Value.MetricsAlone));
                foreach (var (kind, spend) in Differences(metrics, alone, person.Any(static one => one.Value.HasCost), told))
                {
                    yield return (person.Key.System, null, kind, 1, spend);
                }
            }
            else
            {
                foreach (var (key, tally) in person.Where(static one => one.Value.HasCost))
                {
                    yield return (key.System, tally.SessionId, SpendDifferenceKind.NoMetrics, tally.Events.Calls, tally.Events);
                }
            }
        }
    }

    private static IEnumerable<(SpendDifferenceKind Kind, SpendTold Spend)> Differences(SpendTold metrics, SpendTold alone, bool hasCost, SpendTold events)
    {
        if (alone.CostNanodollars != 0)
        {
            yield return (SpendDifferenceKind.MetricsOnly, alone);
        }

        // The rest is what calls tell, too.
        var more = (metrics - alone - events) with { Calls = 0 };
        var isSame = Math.Abs(more.CostNanodollars) <= Math.Max(LeastCost, Math.Abs(events.CostNanodollars) * LeastPart) && (!hasCost || IsNone(more));
        if (!isSame)
        {
            yield return (SpendDifferenceKind.MetricsDiffer, more);
        }
    }

    private static bool IsNone(SpendTold more) => (more.InputTokens, more.OutputTokens, more.CacheReadTokens, more.CacheCreateTokens) == (0, 0, 0, 0);
}
