namespace ActivityLog.Core.Summaries;

/// <summary>
/// What must be appended to make the sums of a slice equal its rows, as of one snapshot. What others append since then does no harm: it moves rows and sums alike.
/// </summary>
/// <param name="Turn">Corrections before this one, as of the snapshot: another one since then may have corrected the same.</param>
/// <param name="Rows">Rows that were read for it.</param>
/// <param name="Sets">Sets that its sums refer to.</param>
/// <param name="Sums">The rows to append.</param>
/// <param name="Sessions">Sessions whose rows are to be read anew.</param>
internal sealed record SumCorrection(
    long Turn, long Rows, IReadOnlyList<(int System, SummarySet Set)> Sets, IReadOnlyList<(SumTable Table, List<SumDelta> Deltas)> Sums,
    IReadOnlyList<(Storage.SessionRef Session, SessionChange Change)> Sessions);
