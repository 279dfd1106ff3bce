namespace ActivityLog.Core.Reports;

/// <summary>
/// What a report answers. A cell is by its column's kind: text or null; <see cref="DateTime"/> for times; <c>long</c> for money (nanodollars), tokens and counts;
/// <c>double</c> for shares, rates, milliseconds and seconds. Null means that there is none.
/// </summary>
public sealed record ReportTable
{
    /// <summary>What the report is.</summary>
    public required ReportInfo Info { get; init; }

    /// <summary>What it was asked for.</summary>
    public required ReportQuery Query { get; init; }

    /// <summary>Its columns.</summary>
    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>A row a model, person, day, tool …; in the order of <see cref="Columns"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<object?>> Rows { get; init; }

    /// <summary>All rows together; texts are null.</summary>
    public required IReadOnlyList<object?> Total { get; init; }

    /// <summary>The same over the period before, as long; null where the report has no first moment.</summary>
    public IReadOnlyList<object?>? PreviousTotal { get; init; }

    /// <summary>What stands under the chart's bars or columns.</summary>
    public required IReadOnlyList<string?> Categories { get; init; }

    /// <summary>The chart's series, largest first where they add up.</summary>
    public required IReadOnlyList<ReportSeries> Series { get; init; }
}
