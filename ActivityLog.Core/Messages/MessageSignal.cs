using System.Text.Json.Serialization;

namespace ActivityLog.Core.Messages;

/// <summary>The OTLP signal a message came as: log where its event is there, else span.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageSignal>))]
public enum MessageSignal : short
{
    /// <summary>A log record.</summary>
    [JsonStringEnumMemberName("log")] Log = 1,

    /// <summary>A span.</summary>
    [JsonStringEnumMemberName("span")] Span = 2,
}
