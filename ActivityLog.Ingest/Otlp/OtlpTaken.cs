namespace ActivityLog.Ingest.Otlp;

/// <summary>What became of a request's content.</summary>
/// <param name="Refusal">Why nothing of it is taken; null when all is durable but <paramref name="Rejected"/> records.</param>
/// <param name="Signal">What it held.</param>
/// <param name="Rejected">Records that can't be used, while their neighbours are stored.</param>
/// <param name="Reason">Why the first of them can't be used, in English and for the sender; null when all can.</param>
/// <param name="Cause">The same in words that hold nothing of the sender's: what refusals are counted by.</param>
internal readonly record struct OtlpTaken(OtlpRefusal? Refusal, OtlpSignal Signal, long Rejected, string? Reason, string? Cause)
{
    public bool IsStored => Refusal is null;

    public static implicit operator OtlpTaken(OtlpRefusal refusal) => new(refusal, default, 0, null, null);
}
