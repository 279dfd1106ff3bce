using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ActivityLog.Core.Summaries;

/// <summary>
/// How often values of each size occurred, for percentiles: buckets on a logarithmic scale whose bounds are 2 % apart, so that a percentile is off by at most 1 %.
/// Written as pairs of a bucket and a signed count in no order, so that the bytes of several histograms, one after the other, are their sum.
/// </summary>
public sealed class LogHistogram
{
    /// <summary>Most that a percentile is off by, as a part of the value.</summary>
    public const double MaxError = 0.01;

    /// <summary>Most bytes of a pair.</summary>
    internal const int MaxPair = sizeof(short) + 10;

    /// <summary>How far apart the bounds of buckets are.</summary>
    internal const double Ratio = 1.02;

    // All that is no positive number: no time at all.
    private const short Zero = short.MinValue;

    private static readonly double s_logRatio = Math.Log(Ratio);

    // Buckets of what durations are, from 0.00004 to 10^13 milliseconds, and how many an array of them has to spare at least.
    private const int Lowest = -512;
    private const int Highest = 1535;
    private const int Spare = 16;

    // Of buckets side by side, the first of which is _first: millions of pairs are added up, and no look-up is as fast as an index.
    private long[] _counts = [];
    private int _first;

    // Of all others, so that a sender of odd values makes no large arrays.
    private Dictionary<short, long>? _others;

    /// <summary>Values in it.</summary>
    public long Count { get; private set; }

    /// <summary>The bucket of a value.</summary>
    public static short BucketOf(double value) =>
        value > 0 ? (short)Math.Clamp(Math.Floor(Math.Log(value) / s_logRatio), short.MinValue + 1, short.MaxValue) : Zero;

    /// <summary>Adds so many values (fewer than none to take them away) of one size.</summary>
    public void Add(double value, long count = 1) => AddBucket(BucketOf(value), count);

    /// <summary>Adds one or several histograms, written one after the other, or takes them away.</summary>
    /// <exception cref="InvalidDataException">The bytes are no histogram.</exception>
    public void Add(ReadOnlySpan<byte> histograms, bool negative = false)
    {
        while (histograms.Length > 0)
        {
            if (histograms.Length < sizeof(short) + 1)
            {
                throw new InvalidDataException("A histogram ends within a pair.");
            }

            var bucket = BinaryPrimitives.ReadInt16LittleEndian(histograms);
            var count = ReadCount(histograms[sizeof(short)..], out var length);
            AddBucket(bucket, negative ? -count : count);
            histograms = histograms[(sizeof(short) + length)..];
        }
    }

    /// <summary>Adds another one.</summary>
    public void Add(LogHistogram other)
    {
        foreach (var (bucket, count) in other.Pairs())
        {
            AddBucket(bucket, count);
        }
    }

    /// <summary>The value that a part of all values, such as 0.95, doesn't exceed; null where there are none.</summary>
    public double? Percentile(double part)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(part * Count));
        long passed = 0;
        foreach (var (bucket, count) in Pairs())
        {
            passed += count;
            if (passed >= wanted)
            {
                // The middle of the bucket, as far from its one bound as from the other.
                return bucket == Zero ? 0 : Math.Exp((bucket + 0.5) * s_logRatio);
            }
        }

        return null;
    }

    /// <summary>The bytes: of each bucket one pair; null for an empty one.</summary>
    public byte[]? ToBytes()
    {
        var bytes = new byte[Pairs().Count() * MaxPair];
        var length = 0;
        foreach (var (bucket, count) in Pairs())
        {
            length += WritePair(bytes.AsSpan(length), bucket, count);
        }

        return length == 0 ? null : bytes[..length];
    }

    /// <summary>Writes a pair.</summary>
    /// <returns>Its bytes.</returns>
    internal static int WritePair(Span<byte> bytes, short bucket, long count)
    {
        BinaryPrimitives.WriteInt16LittleEndian(bytes, bucket);
        // Zigzag, seven bits a byte: a small count of either sign is one byte.
        var rest = (ulong)((count << 1) ^ (count >> 63));
        var at = sizeof(short);
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes[at++] = (byte)(rest | 0x80);
        }

        bytes[at++] = (byte)rest;
        return at;
    }

    private static long ReadCount(ReadOnlySpan<byte> bytes, out int length)
    {
        ulong value = 0;
        for (length = 0; length < bytes.Length && length < MaxPair - sizeof(short);)
        {
            var next = bytes[length];
            value |= (ulong)(next & 0x7F) << (7 * length++);
            if (next < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw new InvalidDataException("A histogram ends within a count.");
    }

    private void AddBucket(short bucket, long count)
    {
        Count += count;
        var at = bucket - _first;
        if ((uint)at >= (uint)_counts.Length)
        {
            if (bucket is < Lowest or > Highest)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_others ??= [], bucket, out _) += count;
                return;
            }

            MakeRoom(bucket);
            at = bucket - _first;
        }

        _counts[at] += count;
    }

    private void MakeRoom(int bucket)
    {
        var isEmpty = _counts.Length == 0;
        var spare = Math.Max(Spare, _counts.Length / 2);
        var first = Math.Max(Lowest, bucket - spare);
        var last = Math.Min(Highest, bucket + spare);
        if (!isEmpty)
        {
            (first, last) = (Math.Min(first, _first), Math.Max(last, _first + _counts.Length - 1));
        }

        var counts = new long[last - first + 1];
        _counts.CopyTo(counts, isEmpty ? 0 : _first - first);
        (_counts, _first) = (counts, first);
    }

    // Those that aren't none, in order.
    private IEnumerable<(short Bucket, long Count)> Pairs()
    {
        var others = _others?.Where(static one => one.Value != 0).OrderBy(static one => one.Key).ToList() ?? [];
        var above = 0;
        for (; above < others.Count && others[above].Key < Lowest; above++)
        {
            yield return (others[above].Key, others[above].Value);
        }

        for (var at = 0; at < _counts.Length; at++)
        {
            if (_counts[at] != 0)
            {
                yield return ((short)(_first + at), _counts[at]);
            }
        }

        for (; above < others.Count; above++)
        {
            yield return (others[above].Key, others[above].Value);
        }
    }
}
