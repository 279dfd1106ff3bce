using System.Text.Json.Serialization;

namespace ActivityLog.Core.Sessions;

/// <summary>A session as a whole: its JSON form is the API's.</summary>
public sealed record SessionView
{
    /// <summary>The sender's id of it; another System may have a session of the same.</summary>
    public required string SessionId { get; init; }

    /// <summary>Id of the System.</summary>
    public required Guid SystemId { get; init; }

    /// <summary>The person; of several the latest.</summary>
    public string? UserName { get; init; }

    /// <summary>When its first message began, UTC.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When its last message was, UTC.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>From the one to the other, in milliseconds.</summary>
    public double? DurationMs => EndedAt is { } end && StartedAt is { } start ? (end - start).TotalMilliseconds : null;

    /// <summary>The models that were called, most calls first.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Prompts of people.</summary>
    public required long Prompts { get; init; }

    /// <summary>Calls of a model.</summary>
    public required long Generations { get; init; }

    /// <summary>Uses of tools that weren't denied.</summary>
    public required long Tools { get; init; }

    /// <summary>Calls that failed for good.</summary>
    public required long Errors { get; init; }

    /// <summary>Where its cost is known from: <c>events</c>, or <c>metrics</c> where no call tells one.</summary>
    public required string Source { get; init; }

    /// <summary>What the sender says it cost, in microdollars (USD × 10⁶; the name is historical).</summary>
    public required long CostMicrocents { get; init; }

    /// <summary>Uncached tokens sent.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Tokens answered.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Tokens read from a cache.</summary>
    public required long CacheReadTokens { get; init; }

    /// <summary>Tokens written to a cache.</summary>
    public required long CacheCreateTokens { get; init; }

    /// <summary>Whether only metrics tell what it cost.</summary>
    [JsonIgnore]
    public bool IsOfMetrics => Source == Reports.SpendSource.Metrics;

    /// <summary>What the sender says it cost, in nanodollars (USD × 10⁹).</summary>
    [JsonIgnore]
    public long CostNanodollars { get; init; }
}
