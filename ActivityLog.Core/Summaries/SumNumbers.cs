using System.Runtime.CompilerServices;

namespace ActivityLog.Core.Summaries;

/// <summary>The numbers of a row of sums.</summary>
[InlineArray(Count)]
internal struct SumNumbers
{
    /// <summary>The most that a table has.</summary>
    public const int Count = 10;

#pragma warning disable IDE0044, IDE0051 // The element of the array.
    private long _first;
#pragma warning restore IDE0044, IDE0051

    /// <summary>Whether all are 0.</summary>
    public readonly bool AreZero
    {
        get
        {
            ReadOnlySpan<long> numbers = this;
            return !numbers.ContainsAnyExcept(0);
        }
    }

    /// <summary>Adds others, or takes them away; false, and nothing is changed, if one of the sums is no 64-bit number.</summary>
    public bool TryAdd(in SumNumbers others, bool negative)
    {
        var sums = default(SumNumbers);
        long overflow = 0;
        for (var i = 0; i < Count; i++)
        {
            var (a, b) = (this[i], others[i]);
            var sum = sums[i] = negative ? a - b : a + b;
            overflow |= negative ? (a ^ b) & (a ^ sum) : (a ^ sum) & (b ^ sum);
        }

        if (overflow < 0)
        {
            return false;
        }

        this = sums;
        return true;
    }

    /// <summary>Two that together are the same, and can be taken away: of the lowest number alone there is no negative.</summary>
    public readonly (SumNumbers One, SumNumbers Other) Halve()
    {
        var (one, other) = (default(SumNumbers), default(SumNumbers));
        for (var i = 0; i < Count; i++)
        {
            one[i] = this[i] / 2;
            other[i] = this[i] - one[i];
        }

        return (one, other);
    }
}
