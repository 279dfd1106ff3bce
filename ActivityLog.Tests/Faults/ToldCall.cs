using ActivityLog.Core.Messages;

namespace ActivityLog.Tests.Faults;

/// <summary>What a row is made of, and what it adds to sums.</summary>
internal readonly record struct ToldCall(MessageParts Parts, long? Cost, long? Input, long? Output, long? CacheRead, long? CacheCreate)
{
    public static ToldCall Of(Message message) => new(
        message.Parts, message.CostNanodollars, message.InputTokens, message.OutputTokens, message.CacheReadTokens, message.CacheCreateTokens);
}
