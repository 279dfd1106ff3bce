using System.Text.Json.Serialization;

namespace ActivityLog.Core.Messages;

/// <summary>What a message tells. Stored as its number: never renumber, only add.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageType>))]
public enum MessageType : short
{
    /// <summary>A log record of a sender that isn't a known agent.</summary>
    [JsonStringEnumMemberName("log")] Log = 0,

    /// <summary>A span that is nothing more particular.</summary>
    [JsonStringEnumMemberName("span")] Span = 1,

    /// <summary>One call of a model: the only rows that carry cost.</summary>
    [JsonStringEnumMemberName("ai.generation")] Generation = 2,

    /// <summary>One use of a tool.</summary>
    [JsonStringEnumMemberName("ai.tool")] Tool = 3,

    /// <summary>Whether a tool might be used, and who said so.</summary>
    [JsonStringEnumMemberName("ai.decision")] Decision = 4,

    /// <summary>What a person asked.</summary>
    [JsonStringEnumMemberName("ai.prompt")] Prompt = 5,

    /// <summary>What the model answered.</summary>
    [JsonStringEnumMemberName("ai.response")] Response = 6,

    /// <summary>A roll-up over calls and tools; its usage is never promoted.</summary>
    [JsonStringEnumMemberName("ai.turn")] Turn = 7,

    /// <summary>A call that failed for good.</summary>
    [JsonStringEnumMemberName("ai.error")] Error = 8,

    /// <summary>Tells again what another row tells; in no sum and no count.</summary>
    [JsonStringEnumMemberName("ai.repeat")] Repeat = 9,

    /// <summary>The model refused; stands beside the generation with the same request id, which was billed.</summary>
    [JsonStringEnumMemberName("ai.refusal")] Refusal = 10,

    /// <summary>Any other event of a known agent.</summary>
    [JsonStringEnumMemberName("ai.event")] Event = 11,
}
