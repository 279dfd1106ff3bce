using System.Text.Json.Serialization;

namespace ActivityLog.Core.Reports;

/// <summary>How a report is drawn.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportChartKind>))]
public enum ReportChartKind
{
    /// <summary>A bar a category, a segment a series.</summary>
    [JsonStringEnumMemberName("bars")] Bars,

    /// <summary>A column a day, a segment a series.</summary>
    [JsonStringEnumMemberName("stackedDays")] StackedDays,

    /// <summary>A line a series over the days: for what doesn't add up, such as rates. A day without a value is a gap.</summary>
    [JsonStringEnumMemberName("lines")] Lines,
}
