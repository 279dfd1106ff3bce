using ActivityLog.Core.Storage;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Retention;

/// <summary>Notes how the latest run goes.</summary>
internal sealed class RetentionRuns(IBackgroundWrites writes, ILogger<RetentionRuns> logger)
{
    private const string Note =
        """
        INSERT INTO retention_runs (id, node, started_at, active_at, ended_at, error) VALUES (@id, @node, @started, @active, @ended, @error)
        ON CONFLICT (id) DO UPDATE SET node = excluded.node, started_at = excluded.started_at, active_at = excluded.active_at,
            ended_at = excluded.ended_at, error = excluded.error
        """;

    /// <summary>Notes a run over the one before.</summary>
    public Task NoteAsync(RetentionRun run, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async connection =>
            {
                await using var note = connection.CreateCommand();
                note.CommandText = Note;
                note.Add("@id", run.Id);
                note.Add("@node", run.Node);
                note.Add("@started", UnixMicroseconds.From(run.StartedAt));
                note.Add("@active", UnixMicroseconds.From(run.ActiveAt));
                note.Add("@ended", run.EndedAt is { } ended ? UnixMicroseconds.From(ended) : null);
                note.Add("@error", run.Error);
                return await note.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);

    /// <summary>The same for a run that failed: what made it fail may be in the way of noting it, too.</summary>
    public async Task TryNoteAsync(RetentionRun run, CancellationToken cancellationToken)
    {
        try
        {
            await NoteAsync(run, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            logger.LogWarning(exception, "That retention failed can't be noted now");
        }
    }

    /// <summary>Deletes the counts of hours before one; those of all time stay.</summary>
    public Task ForgetCountsAsync(int hour, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async connection =>
            {
                await using var forget = connection.CreateCommand();
                forget.CommandText = $"DELETE FROM retention_counts WHERE hour <> {RetentionCount.AllTime} AND hour < @hour";
                forget.Add("@hour", hour);
                return await forget.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);
}
