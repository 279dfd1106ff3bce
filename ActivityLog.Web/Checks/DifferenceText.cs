using ActivityLog.Core.Checks;
using ActivityLog.Web.Shared;

namespace ActivityLog.Web.Checks;

/// <summary>What a difference is called, and what it means.</summary>
/// <param name="Title">In some words.</param>
/// <param name="Meaning">In a sentence or two.</param>
internal sealed record DifferenceText(string Title, string Meaning)
{
    /// <summary>The text of a difference.</summary>
    public static DifferenceText Of(SpendDifference difference)
    {
        var count = Format.Count(difference.Count);
        return difference.Kind switch
        {
            SpendDifferenceKind.LostBatch => new($"{count} events lost", "Numbers are missing in the order of a session's events: a request of its sender never came. What they cost isn't in any sum."),
            SpendDifferenceKind.EventWithoutSpan => new($"{count} events without their span", "Other spans of these sessions came. The cost is right; time and trace of these calls are missing."),
            SpendDifferenceKind.SpanWithoutEvent => new($"{count} spans without their event", "Other events of these sessions came. A span tells tokens, but no cost: it is missing in the sums."),
            SpendDifferenceKind.MetricsDiffer when difference.Spend.CostNanodollars == 0 => new($"Metrics tell other tokens in {count} sessions", "A request with metrics or with events never came, or lies outside of this range."),
            SpendDifferenceKind.MetricsDiffer => new(
                $"Metrics tell {Format.MoneyExact(Math.Abs(difference.Spend.CostNanodollars))} {(difference.Spend.CostNanodollars < 0 ? "less" : "more")}",
                $"In {count} sessions. {(difference.Spend.CostNanodollars < 0 ? "A request with metrics never came, or came for a later minute than the range has." : "A request with events never came: its calls are missing in the sums.")}"),
            SpendDifferenceKind.MetricsOnly => new($"Only metrics tell of {count} sessions", "None of their calls was told with a cost. What their metrics tell counts, in reports as rows of their own."),
            SpendDifferenceKind.TooOld => new($"{count} calls by a sender that is too old", "Event and span have no id in common, so which belong together can't be told: events alone count. Newer versions send ids."),
            SpendDifferenceKind.NoEvents => new($"{count} calls told by spans alone", "Their senders send no events, so no cost is known."),
            SpendDifferenceKind.Repeated => new($"{count} calls told again", "By spans without an id, in sessions that have events: kept, and not counted."),
            SpendDifferenceKind.NoSpans => new($"{count} calls without traces", "Their sessions sent no spans: there is nothing to compare with."),
            _ => new($"{count} calls without metrics", "Their sessions sent no metrics of cost: there is nothing to compare with."),
        };
    }
}
