using ActivityLog.Core.Retention;

namespace ActivityLog.Web.Retention;

/// <summary>A run that deletes what has expired.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Node">Name of the machine that runs it.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="EndedAt">When it ended, UTC; null while it goes on or when its process ended first.</param>
/// <param name="Error">Why it ended before all was deleted.</param>
internal sealed record RetentionRunView(RetentionState State, string Node, DateTime StartedAt, DateTime? EndedAt, string? Error)
{
    public static RetentionRunView Of(RetentionRun run, DateTime now) => new(run.StateAt(now), run.Node, run.StartedAt, run.EndedAt, run.Error);
}
