using ActivityLog.Core.Reports;

namespace ActivityLog.Web.Reports;

/// <summary>How reports stand in the menu.</summary>
internal static class ReportMenu
{
    /// <summary>The name of a group.</summary>
    public static string NameOf(ReportGroup group) => group switch
    {
        ReportGroup.Api => "API",
        _ => group.ToString(),
    };

    /// <summary>The icon of a group.</summary>
    public static string IconOf(ReportGroup group) => group switch
    {
        ReportGroup.Cost => "circle-dollar-sign",
        ReportGroup.Tokens => "database-zap",
        ReportGroup.Activity => "chart-gantt",
        ReportGroup.Tools => "wrench",
        ReportGroup.Api => "triangle-alert",
        ReportGroup.Code => "git-pull-request",
        _ => "circle-dollar-sign",
    };

    /// <summary>The icon of a report.</summary>
    public static string IconOf(ReportInfo report) => report.Slug switch
    {
        "is-it-right" => "shield-check",
        "cost-by-metadata" or "cost-by-repository" => "tags",
        _ when report.Slug.EndsWith("-by-user", StringComparison.Ordinal) => "users",
        _ when report.Slug.EndsWith("-by-day", StringComparison.Ordinal) => "calendar-days",
        _ => IconOf(report.Group),
    };
}
