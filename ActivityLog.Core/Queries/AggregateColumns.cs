namespace ActivityLog.Core.Queries;

/// <summary>The columns that a metric needs in SQL: what they are made of, how groups are ordered by them, and what is shown for them.</summary>
/// <param name="Select">SQL over the rows of a group.</param>
/// <param name="Order">SQL over the columns, largest first or last.</param>
/// <param name="Show">What is shown for the columns' values.</param>
internal sealed record AggregateColumns(IReadOnlyList<string> Select, Func<IReadOnlyList<string>, IReadOnlyList<string>> Order, Func<object?[], object?> Show)
{
    /// <summary>The columns of a metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="value">SQL of its field's value in a row; empty for counts.</param>
    /// <param name="rank">SQL of the value's rank in its group, for percentiles.</param>
    /// <param name="count">SQL of how many values the group has, for percentiles.</param>
    /// <param name="weight">SQL of how many rows one stands for; null where each stands for itself.</param>
    public static AggregateColumns Of(AggregateMetric metric, string value, string rank, string count, string? weight)
    {
        var field = metric.Field;
        return metric.Function switch
        {
            AggregateFunction.Count => One(weight is null ? "count(*)" : $"cast(coalesce(sum({weight}), 0) as bigint)", static shown => AggregateNumbers.ToInt64(shown)),
            AggregateFunction.Distinct => One($"count(distinct {value})", static shown => AggregateNumbers.ToInt64(shown)),
            AggregateFunction.Min => One($"min({value})", shown => AggregateNumbers.Show(field!, shown)),
            AggregateFunction.Max => One($"max({value})", shown => AggregateNumbers.Show(field!, shown)),
            AggregateFunction.Sum when field!.Kind == FieldKind.Number =>
                One($"coalesce(sum({value}), 0)", static shown => AggregateNumbers.ToDouble(shown)),
            AggregateFunction.Avg when field!.Kind == FieldKind.Number => One($"avg({value})", static shown => AggregateNumbers.ToDouble(shown)),
            AggregateFunction.Sum => new(HalfSum.Of(value), OrderBySum, columns => AggregateNumbers.ShowSum(field!, columns)),
            AggregateFunction.Avg => new([.. HalfSum.Of(value), $"count({value})"], OrderByMean, columns => AggregateNumbers.ShowMean(field!, columns)),
            _ => One(
                // By nearest rank, in whole numbers: the same on both engines, to the last row.
                $"min(case when {rank} = ({metric.Percent} * {count} + 99) / 100 then {value} end)", shown => AggregateNumbers.Show(field!, shown)),
        };
    }

    private static AggregateColumns One(string select, Func<object?, object?> show) => new([select], static columns => columns, columns => show(columns[0]));

    private static string[] OrderBySum(IReadOnlyList<string> columns) => HalfSum.Order(columns[0], columns[1]);

    private static IReadOnlyList<string> OrderByMean(IReadOnlyList<string> columns) =>
        [$"({columns[0]} * {HalfSum.Unit}.0 + {columns[1]}) / nullif({columns[2]}, 0)"];
}
