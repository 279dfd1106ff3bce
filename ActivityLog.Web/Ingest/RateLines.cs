using System.Globalization;
using ActivityLog.Ingest.Monitoring;

namespace ActivityLog.Web.Ingest;

/// <summary>Records a second by signal as lines in a box of 1000 × 100, the latest at the right.</summary>
internal sealed class RateLines
{
    private const double Width = 1000;
    private const double Height = 100;

    public RateLines(IReadOnlyList<SignalRates> history)
    {
        Top = TopOf(history.Count == 0 ? 0 : history.Max(static rates => Math.Max(rates.Logs, Math.Max(rates.Traces, rates.Metrics))));
        // Steps that are read at a glance: of 2 four, of 1 and 5 five.
        Steps = FirstDigit(Top) == '2' ? 4 : 5;
        Logs = Path(history, static rates => rates.Logs);
        Traces = Path(history, static rates => rates.Traces);
        Metrics = Path(history, static rates => rates.Metrics);
    }

    /// <summary>What the upper edge stands for: the next of 1, 2, 5, 10, 20 …</summary>
    public double Top { get; }

    /// <summary>Into how many steps the height is parted.</summary>
    public int Steps { get; }

    /// <summary>The SVG path of log records.</summary>
    public string Logs { get; }

    /// <summary>The SVG path of spans.</summary>
    public string Traces { get; }

    /// <summary>The SVG path of data points.</summary>
    public string Metrics { get; }

    private static double TopOf(double most)
    {
        var top = 1.0;
        while (top < most)
        {
            // 1, 2, 5: each power of ten in three steps.
            top *= FirstDigit(top) == '2' ? 2.5 : 2;
        }

        return top;
    }

    private static char FirstDigit(double number) => number.ToString("E0", CultureInfo.InvariantCulture)[0];

    private string Path(IReadOnlyList<SignalRates> history, Func<SignalRates, double> rate) => string.Concat(history.Select((rates, index) =>
        string.Create(CultureInfo.InvariantCulture, $"{(index == 0 ? 'M' : 'L')}{Width * index / Math.Max(1, history.Count - 1):0.#} {Height * (1 - (rate(rates) / Top)):0.##}")));
}
