using System.Text.Json.Serialization;

namespace ActivityLog.Core.Reports;

/// <summary>What the cells of a column are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportColumnKind>))]
public enum ReportColumnKind
{
    /// <summary>Text, or null for rows without a value.</summary>
    [JsonStringEnumMemberName("text")] Text,

    /// <summary>A model's name, or null.</summary>
    [JsonStringEnumMemberName("model")] Model,

    /// <summary>A person's name as stored, or null.</summary>
    [JsonStringEnumMemberName("user")] User,

    /// <summary>A day, <c>yyyy-MM-dd</c>.</summary>
    [JsonStringEnumMemberName("day")] Day,

    /// <summary>Money: nanodollars (USD × 10⁹) within the program, microdollars (USD × 10⁶) in JSON and CSV.</summary>
    [JsonStringEnumMemberName("microdollars")] Money,

    /// <summary>Whole tokens.</summary>
    [JsonStringEnumMemberName("tokens")] Tokens,

    /// <summary>A count.</summary>
    [JsonStringEnumMemberName("count")] Count,

    /// <summary>A part of a whole, 0 to 1; null where there is no whole.</summary>
    [JsonStringEnumMemberName("share")] Share,
}
