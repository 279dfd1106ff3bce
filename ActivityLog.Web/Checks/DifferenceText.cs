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
        var isOne = difference.Count == 1;
        var their = isOne ? "its" : "their";
        return difference.Kind switch
        {
            SpendDifferenceKind.LostBatch => new($"{Many("event")} lost", "Numbers are missing in the order of a session's events: a request of its sender never came. What they cost isn't in any sum."),
            SpendDifferenceKind.EventWithoutSpan => new($"{Many("event")} without {their} span", "Other spans of these sessions came. The cost is right; time and trace of these calls are missing."),
            SpendDifferenceKind.SpanWithoutEvent => new($"{Many("span")} without {their} event", "Other events of these sessions came. A span tells tokens, but no cost: it is missing in the sums."),
            SpendDifferenceKind.MetricsDiffer when difference.Spend.CostNanodollars == 0 => new($"Metrics tell other tokens{Where()}", "A request with metrics or with events never came, or lies outside of this range."),
            SpendDifferenceKind.MetricsDiffer => new(
                $"Metrics tell {Format.MoneyExact(Math.Abs(difference.Spend.CostNanodollars))} {(difference.Spend.CostNanodollars < 0 ? "less" : "more")}{Where()}",
                difference.Spend.CostNanodollars < 0 ? "A request with metrics never came, or came for a later minute than the range has." : "A request with events never came: its calls are missing in the sums."),
            SpendDifferenceKind.MetricsOnly => new(
                $"Only metrics tell of {(difference.Sessions.Count > 0 ? Many("session") : "what was spent without a session")}", "None of their calls was told with a cost. What their metrics tell counts, in reports as rows of their own."),
            SpendDifferenceKind.TooOld => new($"{Many("call")} by a sender that is too old", "Event and span have no id in common, so which belong together can't be told: events alone count. Newer versions send ids."),
            SpendDifferenceKind.NoEvents => new($"{Many("call")} told by spans alone", "Their senders send no events, so no cost is known."),
            SpendDifferenceKind.Repeated => new($"{Many("call")} told again", "By spans without an id where there are events, or by a span around another one: kept, and not counted."),
            SpendDifferenceKind.NoSpans => new($"{Many("call")} without traces", "Their sessions sent no spans: there is nothing to compare with."),
            _ => new($"{Many("call")} without metrics", "Their sessions sent no metrics of cost: there is nothing to compare with."),
        };

        string Many(string what) => isOne ? $"1 {what}" : $"{Format.Count(difference.Count)} {what}s";

        string Where() => difference.Sessions.Count > 0 ? $" in {Many("session")}" : "";
    }
}
