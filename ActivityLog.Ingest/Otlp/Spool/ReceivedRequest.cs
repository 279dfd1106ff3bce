using System.Text.Json.Serialization;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Otlp.Mapping;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>A request as it came, with all that decides what is stored of it: mapped now or later, it makes the same rows.</summary>
/// <param name="Sender">Who sent it, with what was true of the token then.</param>
/// <param name="Signal">What it holds.</param>
/// <param name="Encoding">How it is written.</param>
/// <param name="ReceivedAt">When it came, UTC.</param>
/// <param name="MaxAttributeCharacters">Longest attribute value that was kept whole then.</param>
internal sealed record ReceivedRequest(SendingSystem Sender, OtlpSignal Signal, OtlpEncoding Encoding, DateTime ReceivedAt, int MaxAttributeCharacters)
{
    /// <summary>Its content, decompressed.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What it turns into.</summary>
    /// <exception cref="OtlpDecodeException">The body isn't what it is said to be.</exception>
    /// <exception cref="OtlpLimitException">It holds more than it may.</exception>
    public MappedTelemetry Map(RequestLimits limits) =>
        OtlpRequest.Map(Signal, Body.Span, Encoding, new MappingContext(Sender, ReceivedAt, MaxAttributeCharacters), limits);

    /// <summary>What it counts for where bytes are counted: its size, or that of what its records share where that is more.</summary>
    public int WeightOf(MappedTelemetry mapped) => (int)Math.Min(int.MaxValue, Math.Max(Body.Length, mapped.SharedCharacters));

    /// <summary>What is stored of it.</summary>
    public TelemetryBatch ToBatch(MappedTelemetry mapped) => new(Sender.TokenKey, mapped.Messages, mapped.Points, Sender.BodyCharacters);
}
