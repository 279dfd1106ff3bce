using System.Text.Json.Serialization;

namespace ActivityLog.Core.Reports;

/// <summary>How a report is drawn.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportChartKind>))]
public enum ReportChartKind
{
    /// <summary>A bar a row.</summary>
    [JsonStringEnumMemberName("bars")] Bars,

    /// <summary>A column a day, a segment a series.</summary>
    [JsonStringEnumMemberName("stackedDays")] StackedDays,
}
