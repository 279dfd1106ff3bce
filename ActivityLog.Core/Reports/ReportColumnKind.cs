using System.Text.Json.Serialization;

namespace ActivityLog.Core.Reports;

/// <summary>What the cells of a column, or the values of a chart, are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportColumnKind>))]
public enum ReportColumnKind
{
    /// <summary>Text, or null for rows without a value.</summary>
    [JsonStringEnumMemberName("text")] Text,

    /// <summary>A model's name, or null.</summary>
    [JsonStringEnumMemberName("model")] Model,

    /// <summary>A person's name as stored, or null.</summary>
    [JsonStringEnumMemberName("user")] User,

    /// <summary>A tool's name, or null.</summary>
    [JsonStringEnumMemberName("tool")] Tool,

    /// <summary>A session's id as its sender gave it.</summary>
    [JsonStringEnumMemberName("session")] Session,

    /// <summary>A prompt's id as its sender gave it.</summary>
    [JsonStringEnumMemberName("prompt")] Prompt,

    /// <summary>A day, <c>yyyy-MM-dd</c>.</summary>
    [JsonStringEnumMemberName("day")] Day,

    /// <summary>A moment, UTC.</summary>
    [JsonStringEnumMemberName("time")] Time,

    /// <summary>Money: nanodollars (USD × 10⁹) within the program, microdollars (USD × 10⁶) in JSON and CSV.</summary>
    [JsonStringEnumMemberName("microdollars")] Money,

    /// <summary>Whole tokens.</summary>
    [JsonStringEnumMemberName("tokens")] Tokens,

    /// <summary>A count.</summary>
    [JsonStringEnumMemberName("count")] Count,

    /// <summary>A part of the report's whole, 0 to 1; null where there is no whole.</summary>
    [JsonStringEnumMemberName("share")] Share,

    /// <summary>A rate of the row itself, 0 to 1; null where there is nothing to rate.</summary>
    [JsonStringEnumMemberName("rate")] Rate,

    /// <summary>How long a call or a use took, in milliseconds; null where none told it.</summary>
    [JsonStringEnumMemberName("milliseconds")] Duration,

    /// <summary>How long people or sessions took, in seconds; null where it isn't known.</summary>
    [JsonStringEnumMemberName("seconds")] Seconds,
}
