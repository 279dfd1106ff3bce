using System.Text.Json.Serialization;

namespace ActivityLog.Core.Messages;

/// <summary>Severity, in the steps of the OpenTelemetry log data model (SeverityNumber 1–4, 5–8 …). Stored as its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageLevel>))]
public enum MessageLevel : short
{
    /// <summary>SeverityNumber 1–4.</summary>
    [JsonStringEnumMemberName("trace")] Trace = 1,

    /// <summary>SeverityNumber 5–8.</summary>
    [JsonStringEnumMemberName("debug")] Debug = 2,

    /// <summary>SeverityNumber 9–12.</summary>
    [JsonStringEnumMemberName("info")] Info = 3,

    /// <summary>SeverityNumber 13–16.</summary>
    [JsonStringEnumMemberName("warn")] Warn = 4,

    /// <summary>SeverityNumber 17–20, and what failed without saying how severe it was.</summary>
    [JsonStringEnumMemberName("error")] Error = 5,

    /// <summary>SeverityNumber 21–24.</summary>
    [JsonStringEnumMemberName("fatal")] Fatal = 6,
}
