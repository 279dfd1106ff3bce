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

    private readonly Dictionary<short, long> _counts = [];

    // In order; null after a change. A sum is asked once what thousands were added to.
    private KeyValuePair<short, long>[]? _sorted;

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
        foreach (var (bucket, count) in other._counts)
        {
            AddBucket(bucket, count);
        }
    }

    /// <summary>The value that a part of all values, such as 0.95, doesn't exceed; null where there are none.</summary>
    public double? Percentile(double part)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(part * Count));
        long passed = 0;
        foreach (var (bucket, count) in Sorted())
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
        if (_counts.Count == 0)
        {
            return null;
        }

        var bytes = new byte[_counts.Count * MaxPair];
        var length = 0;
        foreach (var (bucket, count) in Sorted())
        {
            length += WritePair(bytes.AsSpan(length), bucket, count);
        }

        return bytes[..length];
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
        _sorted = null;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, bucket, out _);
        sum += count;
        if (sum == 0)
        {
            _counts.Remove(bucket);
        }
    }

    private KeyValuePair<short, long>[] Sorted()
    {
        if (_sorted is null)
        {
            _sorted = [.. _counts];
            Array.Sort(_sorted, static (one, other) => one.Key.CompareTo(other.Key));
        }

        return _sorted;
    }
}
