namespace ActivityLog.Ingest.Otlp.Queue;

/// <summary>What a sender is told of its batch, and what becomes of it.</summary>
/// <param name="Outcome">What it is told.</param>
/// <param name="Became">What became of the batch: the same, but for one that is stored, or isn't, after its sender waited too long.</param>
internal readonly record struct IngestAnswer(IngestOutcome Outcome, Task<IngestOutcome> Became)
{
    public static implicit operator IngestAnswer(IngestOutcome outcome) => new(outcome, Task.FromResult(outcome));
}
