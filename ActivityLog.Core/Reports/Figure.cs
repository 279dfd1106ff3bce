using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>Sums over the rows that have something in common; what they aren't told apart by is null.</summary>
/// <param name="Of">What they have in common.</param>
/// <param name="Numbers">The sums, in the order asked.</param>
/// <param name="Histograms">The distributions, in the order asked.</param>
internal sealed record Figure(FigureKey Of, IReadOnlyList<long> Numbers, IReadOnlyList<LogHistogram> Histograms)
{
    /// <summary>All together.</summary>
    /// <param name="figures">Of the same numbers and distributions.</param>
    /// <param name="numbers">How many numbers they have.</param>
    /// <param name="histograms">How many distributions.</param>
    public static Figure Sum(IEnumerable<Figure> figures, int numbers, int histograms = 0)
    {
        var sums = new Int128[numbers];
        LogHistogram[] all = [.. Enumerable.Range(0, histograms).Select(static _ => new LogHistogram())];
        foreach (var figure in figures)
        {
            for (var i = 0; i < numbers; i++)
            {
                sums[i] += figure.Numbers[i];
            }

            for (var i = 0; i < histograms; i++)
            {
                all[i].Add(figure.Histograms[i]);
            }
        }

        return new Figure(new FigureKey(), [.. sums.Select(Clamp)], all);
    }

    /// <summary>What a sum is shown as: only a sender that makes numbers up exceeds a 64-bit number, and it mustn't fail the page.</summary>
    public static long Clamp(Int128 sum) => (long)Int128.Clamp(sum, long.MinValue, long.MaxValue);
}
