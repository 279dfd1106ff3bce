namespace ActivityLog.Core.Summaries;

/// <summary>Collects values of a <see cref="LogHistogram"/>, to be written once.</summary>
internal sealed class HistogramBuffer
{
    private const int MaxBuckets = ushort.MaxValue + 1;

    // A bucket and, in the lowest bit, whether one is taken away.
    private readonly List<int> _values = [];

    public void Add(double value, bool negative) => _values.Add((LogHistogram.BucketOf(value) << 1) | (negative ? 1 : 0));

    public void Add(HistogramBuffer other) => _values.AddRange(other._values);

    /// <summary>The bytes; null for none.</summary>
    public byte[]? ToBytes()
    {
        _values.Sort();
        var bytes = new byte[Math.Min(_values.Count * LogHistogram.MaxPair, MaxBuckets * LogHistogram.MaxPair)];
        var length = 0;
        for (var i = 0; i < _values.Count;)
        {
            var bucket = _values[i] >> 1;
            long count = 0;
            for (; i < _values.Count && _values[i] >> 1 == bucket; i++)
            {
                count += 1 - 2 * (_values[i] & 1);
            }

            length += count == 0 ? 0 : LogHistogram.WritePair(bytes.AsSpan(length), (short)bucket, count);
        }

        return length == 0 ? null : bytes[..length];
    }
}
