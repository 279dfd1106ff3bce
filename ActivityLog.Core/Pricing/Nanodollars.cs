using System.Globalization;
using System.Numerics;

namespace ActivityLog.Core.Pricing;

/// <summary>
/// Money as whole nanodollars (USD × 10⁹). Amounts never pass through binary arithmetic: a double is taken as its shortest decimal, rounded half to even,
/// sums are made of nanodollars, and rounded once on the way out (DESIGN 4, <c>costMicrocents</c>).
/// </summary>
public static class Nanodollars
{
    private const int Digits = 9;

    /// <summary>Nanodollars of an amount in USD that came as a binary number, by its shortest decimal.</summary>
    /// <returns>Null for what is no amount: NaN, infinite, or too large for a <c>long</c>.</returns>
    public static long? FromUsd(double usd) =>
        double.IsFinite(usd) ? FromUsd(usd.ToString("R", CultureInfo.InvariantCulture)) : null;

    /// <summary>Nanodollars of an amount in USD that came as text, such as <c>0.053437799999999994</c> or <c>1.2e-05</c>.</summary>
    /// <returns>Null for what is no amount.</returns>
    public static long? FromUsd(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var exponent = 0;
        var at = text.IndexOfAny('e', 'E');
        if (at >= 0)
        {
            if (!int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            {
                return null;
            }

            text = text[..at];
        }

        var negative = text.StartsWith('-');
        text = negative || text.StartsWith('+') ? text[1..] : text;
        // More digits or powers than any amount has: refused before they cost anything.
        if (text.Length is 0 or > 64 || exponent is < -64 or > 64)
        {
            return null;
        }

        var digits = BigInteger.Zero;
        var fraction = 0;
        var pointSeen = false;
        var anyDigit = false;
        foreach (var c in text)
        {
            if (c == '.' && !pointSeen)
            {
                pointSeen = true;
            }
            else if (char.IsAsciiDigit(c))
            {
                digits = digits * 10 + (c - '0');
                fraction += pointSeen ? 1 : 0;
                anyDigit = true;
            }
            else
            {
                return null;
            }
        }

        var shift = Digits + exponent - fraction;
        var value = shift >= 0 ? digits * BigInteger.Pow(10, shift) : RoundHalfToEven(digits, BigInteger.Pow(10, -shift));
        value = negative ? -value : value;
        return anyDigit && value >= long.MinValue && value <= long.MaxValue ? (long)value : null;
    }

    /// <summary>Nanodollars of whole microdollars (USD × 10⁶); null when too large.</summary>
    public static long? FromMicrodollars(long microdollars) =>
        microdollars is >= long.MinValue / 1000 and <= long.MaxValue / 1000 ? microdollars * 1000 : null;

    /// <summary>Microdollars (USD × 10⁶; in the API <c>costMicrocents</c>) of a sum of nanodollars, rounded half to even.</summary>
    public static long ToMicrodollars(long nanodollars)
    {
        var (whole, rest) = Math.DivRem(nanodollars, 1000);
        var away = Math.Abs(rest) > 500 || (Math.Abs(rest) == 500 && whole % 2 != 0);
        return away ? whole + Math.Sign(rest) : whole;
    }

    private static BigInteger RoundHalfToEven(BigInteger value, BigInteger unit)
    {
        var whole = BigInteger.DivRem(value, unit, out var rest);
        var twice = rest * 2;
        return twice > unit || (twice == unit && !whole.IsEven) ? whole + 1 : whole;
    }
}
