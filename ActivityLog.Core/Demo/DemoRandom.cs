using System.Globalization;
using System.Numerics;

namespace ActivityLog.Core.Demo;

/// <summary>
/// Numbers that look random and are the same for the same seed, on every machine and in every version of .NET, so that what is made twice is the same
/// (SplitMix64). Not for secrets; not for several threads.
/// </summary>
internal sealed class DemoRandom(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>A seed made of two.</summary>
    public static ulong Seed(ulong one, ulong other) => Mix(one ^ BitOperations.RotateLeft(other * Step, 23));

    public ulong Next() => Mix(_state += Step);

    /// <summary>From 0 to below 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int least, int most) => least + (int)(NextDouble() * (most - least + 1));

    /// <summary>
    /// A positive number of which half are below the median, with a tail to the right: as times and sizes are.
    /// </summary>
    /// <param name="median">Half are below.</param>
    /// <param name="spread">Two thirds are within a factor of e to this power.</param>
    public double Around(double median, double spread) => median * Math.Exp(spread * Normal());

    /// <summary>How many tries fail before one succeeds, of the mean that is given.</summary>
    public int Count(double mean) => mean <= 0 ? 0 : (int)(Math.Log(1 - NextDouble()) / Math.Log(mean / (mean + 1)));

    public T Of<T>(IReadOnlyList<T> choices) => choices[Between(0, choices.Count - 1)];

    /// <summary>So many hexadecimal digits, at most 32.</summary>
    public string Hex(int digits)
    {
        Span<char> text = stackalloc char[32];
        Next().TryFormat(text, out _, "x16", CultureInfo.InvariantCulture);
        if (digits > 16)
        {
            Next().TryFormat(text[16..], out _, "x16", CultureInfo.InvariantCulture);
        }

        return new string(text[..digits]);
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var index = 0; index < count; index++)
        {
            bytes[index] = (byte)(Next() >> 56);
        }

        return bytes;
    }

    public string Uuid() => new Guid(Bytes(16)).ToString();

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    // The sum of three is near enough to the bell.
    private double Normal() => 2 * (NextDouble() + NextDouble() + NextDouble() - 1.5);
}
