namespace ActivityLog.Core.Summaries;

/// <summary>A row to be appended to a table of sums.</summary>
/// <param name="Grain">What it stands for.</param>
/// <param name="Key">System, times and dimensions.</param>
/// <param name="Numbers">Its numbers.</param>
/// <param name="Histograms">Its histograms, as many as the table has.</param>
internal sealed record SumDelta(SummaryGrain Grain, SumKey Key, SumNumbers Numbers, byte[]?[] Histograms)
{
    /// <summary>Which quarter, day or week.</summary>
    public int At => Grain == SummaryGrain.Quarter ? Key.Quarter : Key.Day;
}
