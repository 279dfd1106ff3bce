namespace ActivityLog.Core.Reports;

/// <summary>What became of it: lines, commits, pull requests and edits, and what all of it cost.</summary>
internal readonly record struct CodeFigures(long CostNanodollars, long Added, long Removed, long Commits, long PullRequests, long Accepted, long Rejected)
{
    /// <summary>The metric of edits that somebody, or a setting, decided about.</summary>
    public const string EditMetric = "claude_code.code_edit_tool.decision";

    /// <summary>What <see cref="EditMetric"/> bears where an edit was taken.</summary>
    public const string Accept = "accept";

    private const string LineMetric = "claude_code.lines_of_code.count";
    private const string CommitMetric = "claude_code.commit.count";
    private const string PullRequestMetric = "claude_code.pull_request.count";

    /// <summary>The metrics.</summary>
    public static IReadOnlyList<string> Metrics { get; } = [LineMetric, CommitMetric, PullRequestMetric, EditMetric];

    /// <summary>The attributes that tell them apart.</summary>
    public static IReadOnlyList<string> Attributes { get; } = ["type", "decision"];

    /// <summary>Both together.</summary>
    public static CodeFigures operator +(CodeFigures a, CodeFigures b) => new(
        Add(a.CostNanodollars, b.CostNanodollars), Add(a.Added, b.Added), Add(a.Removed, b.Removed), Add(a.Commits, b.Commits), Add(a.PullRequests, b.PullRequests),
        Add(a.Accepted, b.Accepted), Add(a.Rejected, b.Rejected));

    /// <summary>Of a sum of one metric, told apart by <see cref="Attributes"/>.</summary>
    public static CodeFigures Of((FigureKey Of, double Value) metric)
    {
        var count = Count(metric.Value);
        return metric.Of.Name switch
        {
            LineMetric when metric.Of.First == "removed" => new() { Removed = count },
            LineMetric => new() { Added = count },
            CommitMetric => new() { Commits = count },
            PullRequestMetric => new() { PullRequests = count },
            _ when metric.Of.Second == Accept => new() { Accepted = count },
            _ => new() { Rejected = count },
        };
    }

    /// <summary>A sum of counts, which come as fractions.</summary>
    public static long Count(double value) => (long)Math.Round(Math.Clamp(value, -9e18, 9e18));

    /// <summary>The cost of one of so many, half to even; null of none.</summary>
    public static long? Each(long costNanodollars, long count) => count <= 0 ? null : (long)Math.Round((decimal)costNanodollars / count);

    private static long Add(long a, long b) => Figure.Clamp((Int128)a + b);
}
