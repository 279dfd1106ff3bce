using ActivityLog.Core.Messages;
using ActivityLog.Core.Pricing;
using ActivityLog.Ingest.Otlp.Attributes;
using static ActivityLog.Ingest.Otlp.Attributes.MessageField;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>Tokens and cost of a generation. Input tokens are always kept without those of the cache; senders differ in what they count.</summary>
internal static class Usage
{
    /// <summary>The metadata key that tells how the uncached input was found, where the sender's name of it doesn't say so itself.</summary>
    public const string RuleName = "usage.rule";

    public static void Set(Message message, RecordAttributes record)
    {
        var fields = record.Fields;
        message.CacheReadTokens = fields.Count(CacheReadTokens);
        message.CacheCreateTokens = fields.Count(CacheCreateTokens);
        message.OutputTokens = Sum(fields.Count(OutputTokens), fields.Count(ReasoningTokensBeside));
        message.InputTokens = fields.Count(UncachedInputTokens) ?? UncachedInput(message, record);
        message.CostNanodollars = CostOf(fields);
    }

    private static long? UncachedInput(Message message, RecordAttributes record)
    {
        if (record.Fields.Count(AllInputTokens) is not { } input)
        {
            return null;
        }

        var cached = Sum(message.CacheReadTokens, message.CacheCreateTokens) ?? 0;
        var (uncached, rule) = (cached, record.Fields.Count(TotalTokens)) switch
        {
            (0, _) => (input, "input as sent"),
            // A total that only adds up with the cache beside the input says what the sender does; so does a cache larger than all input.
            (_, { } total) when total == Sum(Sum(input, cached), message.OutputTokens) => (input, "input as sent: the total counts the cache beside it"),
            _ when cached > input => (input, "input as sent: smaller than the cache"),
            _ => (input - cached, "input less cache"),
        };
        record.Add(RuleName, AttributeValue.Text(rule));
        return uncached;
    }

    private static long? CostOf(FieldValues fields)
    {
        var cost = fields[CostUsd].Kind switch
        {
            AttributeKind.None => null,
            AttributeKind.Text => Nanodollars.FromUsd(fields.Text(CostUsd)),
            _ => fields[CostUsd].AsDouble() is { } usd ? Nanodollars.FromUsd(usd) : null,
        };
        cost ??= fields[CostUsdMicros].AsInt64() is { } micros ? Nanodollars.FromMicrodollars(micros) : null;
        return cost >= 0 ? cost : null;
    }

    // Whole tokens; a sum beyond any is none.
    private static long? Sum(long? one, long? other) =>
        one is null ? other : other is null ? one : one <= long.MaxValue - other ? one + other : null;
}
