namespace ActivityLog.Core.Reports;

/// <summary>What a report is.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Title">Its name on pages.</param>
/// <param name="Description">What it tells, in a sentence.</param>
/// <param name="Group">What it is about.</param>
/// <param name="Chart">How it is drawn.</param>
public sealed record ReportInfo(string Slug, string Title, string Description, ReportGroup Group, ReportChartKind Chart)
{
    /// <summary>What the chart's values are.</summary>
    public ReportColumnKind Measure { get; init; } = ReportColumnKind.Money;

    /// <summary>Name of the column that the report is about; null for the first of its measure.</summary>
    public string? Lead { get; init; }

    /// <summary>What the names of the chart's series are: models have their colours everywhere.</summary>
    public ReportColumnKind Series { get; init; } = ReportColumnKind.Text;

    /// <summary>What a reader must know to judge the numbers, in a sentence or two; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Whether its rows are the largest of many, which together aren't the whole.</summary>
    public bool IsLargestOnly { get; init; }

    /// <summary>The messages that a row is made of, as filters in an address; null where it is made of metric points.</summary>
    public string? Behind { get; init; } = "type=ai.generation";
}
