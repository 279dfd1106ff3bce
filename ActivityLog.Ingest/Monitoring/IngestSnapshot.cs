using ActivityLog.Ingest.Otlp.Spool;

namespace ActivityLog.Ingest.Monitoring;

/// <summary>How ingest goes on this node at one moment.</summary>
public sealed record IngestSnapshot
{
    /// <summary>The moment, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>When this node began to count, UTC.</summary>
    public required DateTime Since { get; init; }

    /// <summary>Records a second, over the last 10 seconds.</summary>
    public required SignalRates Records { get; init; }

    /// <summary>Requests a second that were stored, over the last 10 seconds.</summary>
    public required SignalRates Requests { get; init; }

    /// <summary>Records a second over each 10 seconds of the last 15 minutes, the oldest first.</summary>
    public required IReadOnlyList<SignalRates> History { get; init; }

    /// <summary>Records of the last 15 minutes.</summary>
    public required long RecentRecords { get; init; }

    /// <summary>What was refused in the last 15 minutes.</summary>
    public required long RecentRefusals { get; init; }

    /// <summary>How long requests of the last minute took from their first byte to their answer; null when none came.</summary>
    public required DurationPercentiles? Latency { get; init; }

    /// <summary>How long commits of the last minute took; null when there was none.</summary>
    public required DurationPercentiles? CommitTime { get; init; }

    /// <summary>Commits of the last minute.</summary>
    public required long Commits { get; init; }

    /// <summary>Rows that these commits stored.</summary>
    public required long CommittedRows { get; init; }

    /// <summary>When anything was last committed, UTC; null when nothing was since the start.</summary>
    public required DateTime? LastCommitAt { get; init; }

    /// <summary>What waits to be stored.</summary>
    public required QueueLevel Queue { get; init; }

    /// <summary>What waits on this node's disk.</summary>
    public required SpoolState Spool { get; init; }

    /// <summary>The last write that the database didn't take; null when it took all since the start.</summary>
    public required StoreFailure? LastFailure { get; init; }

    /// <summary>Whether writes failed and none has succeeded since.</summary>
    public bool IsFailing => LastFailure is { } failure && !(LastCommitAt >= failure.At);
}
