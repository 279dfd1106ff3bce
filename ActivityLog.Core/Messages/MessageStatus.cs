using System.Text.Json.Serialization;

namespace ActivityLog.Core.Messages;

/// <summary>How it ended. Stored as its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageStatus>))]
public enum MessageStatus : short
{
    /// <summary>It succeeded.</summary>
    [JsonStringEnumMemberName("ok")] Ok = 1,

    /// <summary>It failed.</summary>
    [JsonStringEnumMemberName("error")] Error = 2,

    /// <summary>A person or a rule forbade the tool; it never ran and isn't counted as a use.</summary>
    [JsonStringEnumMemberName("denied")] Denied = 3,
}
