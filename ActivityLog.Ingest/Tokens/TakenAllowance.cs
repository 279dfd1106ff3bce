namespace ActivityLog.Ingest.Tokens;

/// <summary>What was taken of a token's allowance for a request.</summary>
/// <param name="Day">The UTC day whose bytes they are.</param>
/// <param name="Records">Records; 0 where they have no limit.</param>
/// <param name="Bytes">Bytes, decompressed.</param>
internal readonly record struct TakenAllowance(DateOnly Day, long Records, long Bytes);
