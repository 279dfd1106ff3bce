using System.Globalization;
using ActivityLog.Core.Pricing;

namespace ActivityLog.Core.Queries;

/// <summary>What is shown for the numbers of an aggregate.</summary>
internal static class AggregateNumbers
{

    /// <summary>A whole number.</summary>
    public static object? ToInt64(object? value) => value is null ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    /// <summary>A number with a fraction, to 15 digits: what comes after depends on the order in which an engine adds.</summary>
    public static object? ToDouble(object? value) => value is null
        ? null
        : double.Parse(Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>One value of a field.</summary>
    public static object? Show(QueryField field, object? value) => value is null ? null : field.Kind switch
    {
        FieldKind.Money => Nanodollars.ToMicrodollars(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        FieldKind.Number => ToDouble(value),
        _ => ToInt64(value),
    };

    /// <summary>A sum of two halves; money is rounded here and nowhere before.</summary>
    public static object ShowSum(QueryField field, object?[] halves)
    {
        var sum = Sum(halves);
        sum = field.Kind == FieldKind.Money ? Math.Round(sum / 1000, MidpointRounding.ToEven) : sum;
        return sum is >= long.MinValue and <= long.MaxValue ? (long)sum : sum;
    }

    /// <summary>A mean of two halves and a count; of money in microdollars, to the nanodollar.</summary>
    public static object? ShowMean(QueryField field, object?[] columns)
    {
        var count = Convert.ToInt64(columns[2], CultureInfo.InvariantCulture);
        if (count == 0)
        {
            return null;
        }

        var mean = Sum(columns) / count;
        return (double)(field.Kind == FieldKind.Money ? Math.Round(mean, MidpointRounding.ToEven) / 1000 : Math.Round(mean, 6, MidpointRounding.ToEven));
    }

    private static decimal Sum(object?[] halves) =>
        (decimal)Convert.ToInt64(halves[0], CultureInfo.InvariantCulture) * HalfSum.Unit + Convert.ToInt64(halves[1], CultureInfo.InvariantCulture);
}
