namespace ActivityLog.Core.Queries;

/// <summary>
/// Sums that no 64-bit number may hold, since senders make numbers up: a number is added up as two halves, how many billions it has and the rest.
/// </summary>
internal static class HalfSum
{
    /// <summary>What the upper half counts.</summary>
    public const long Unit = 1_000_000_000;

    /// <summary>SQL of a number's halves, the upper one first.</summary>
    public static string[] Halves(string number) => [$"{number} / {Unit}", $"{number} % {Unit}"];

    /// <summary>SQL of a group's sums of both halves, as 64-bit numbers; 0 where there is nothing.</summary>
    public static string[] Of(string number) => [.. Halves(number).Select(static half => $"cast(coalesce(sum({half}), 0) as bigint)")];

    /// <summary>The same, as columns <c>h</c> and <c>l</c> with a number.</summary>
    public static string Named(string number, int column)
    {
        var sums = Of(number);
        return $"{sums[0]} as h{column}, {sums[1]} as l{column}";
    }

    /// <summary>SQL of two numbers that put such sums in order.</summary>
    public static string[] Order(string high, string low) => [$"{high} + {low} / {Unit}", $"{low} % {Unit}"];

    /// <summary>The number that two halves are.</summary>
    public static Int128 Join(long high, long low) => (Int128)high * Unit + low;
}
