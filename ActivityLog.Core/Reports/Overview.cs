namespace ActivityLog.Core.Reports;

/// <summary>What the overview shows.</summary>
public sealed record Overview
{
    /// <summary>What it was asked for.</summary>
    public required ReportQuery Query { get; init; }

    /// <summary>The days of the range in its zone: all of them, those without anything too.</summary>
    public required IReadOnlyList<DateOnly> Days { get; init; }

    /// <summary>What was spent, spend that only metrics tell among it.</summary>
    public required OverviewMoney Spend { get; init; }

    /// <summary>What this month (of the zone, whatever the range) cost so far, and where it may end.</summary>
    public required MonthToDate Month { get; init; }

    /// <summary>Tokens of all kinds.</summary>
    public required OverviewFigure Tokens { get; init; }

    /// <summary>Sessions with a prompt, a generation or spend.</summary>
    public required OverviewFigure Sessions { get; init; }

    /// <summary>People with a prompt, a generation or spend.</summary>
    public required OverviewFigure People { get; init; }

    /// <summary>Of the tokens sent, the part read from a cache, 0 to 1.</summary>
    public required OverviewFigure CacheHitRate { get; init; }

    /// <summary>Calls that failed.</summary>
    public required OverviewFigure Errors { get; init; }

    /// <summary>Cost by day, a series a model, largest first.</summary>
    public required IReadOnlyList<ReportSeries> CostByModel { get; init; }

    /// <summary>Who spent most.</summary>
    public required IReadOnlyList<OverviewShare> TopPeople { get; init; }

    /// <summary>Which models cost most.</summary>
    public required IReadOnlyList<OverviewShare> TopModels { get; init; }

    /// <summary>Which sessions cost most.</summary>
    public required IReadOnlyList<OverviewShare> TopSessions { get; init; }
}
