using ActivityLog.Core.Tokens;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>What all records of a request have in common.</summary>
/// <param name="Sender">Who sends them.</param>
/// <param name="ReceivedAt">When they came, UTC.</param>
/// <param name="MaxAttributeCharacters">Longest attribute value that is kept whole.</param>
internal sealed record MappingContext(SendingSystem Sender, DateTime ReceivedAt, int MaxAttributeCharacters)
{
    /// <summary>When retention may delete what comes now; null for never.</summary>
    public DateTime? ExpiresAt { get; } = RetentionPeriod.ExpiresAt(ReceivedAt, Sender.RetentionDays);
}
