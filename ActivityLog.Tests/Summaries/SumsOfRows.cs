using ActivityLog.Core.Summaries;

namespace ActivityLog.Tests.Summaries;

/// <summary>Numbers and histograms by table, grain, time and dimensions.</summary>
internal sealed class SumsOfRows
{
    private readonly Dictionary<string, (Int128[] Numbers, LogHistogram[] Histograms)> _sums = new(StringComparer.Ordinal);

    public void Add(string key, long[] numbers, params byte[]?[] histograms)
    {
        if (!_sums.TryGetValue(key, out var sum))
        {
            _sums[key] = sum = (new Int128[numbers.Length], [.. histograms.Select(static _ => new LogHistogram())]);
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            sum.Numbers[i] += numbers[i];
        }

        for (var i = 0; i < histograms.Length; i++)
        {
            sum.Histograms[i].Add(histograms[i] ?? []);
        }
    }

    /// <summary>The first difference, told; null if there is none. What came to nothing is as what isn't there.</summary>
    public string? FindDifference(SumsOfRows sums)
    {
        foreach (var key in _sums.Keys.Union(sums._sums.Keys).Order(StringComparer.Ordinal))
        {
            var (expected, actual) = (Show(_sums, key), Show(sums._sums, key));
            if (expected != actual)
            {
                return $"{key}: sums {actual}; by the rows {expected}";
            }
        }

        return null;
    }

    private static string Show(Dictionary<string, (Int128[] Numbers, LogHistogram[] Histograms)> sums, string key) =>
        sums.TryGetValue(key, out var sum) && (sum.Numbers.Any(static n => n != 0) || sum.Histograms.Any(static h => h.ToBytes() is not null))
            ? $"{string.Join(", ", sum.Numbers)} {string.Join(" ", sum.Histograms.Select(static h => Convert.ToHexString(h.ToBytes() ?? [])))}"
            : "nothing";
}
