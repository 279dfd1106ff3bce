using Microsoft.Extensions.Options;

namespace ActivityLog.Core.Storage;

/// <summary>
/// Whether the database takes writes, as last seen by whoever asked it for something. SQLite is never away: its file is this process's own. Safe to call from
/// many threads.
/// </summary>
public sealed class DatabaseState(TimeProvider clock, IOptions<StorageOptions> options)
{
    private readonly Lock _lock = new();
    private volatile Absence? _absence;
    private TaskCompletionSource? _prepared;

    /// <summary>Whether it is a server that can be away.</summary>
    public bool CanBeAway => options.Value.Engine == StorageEngine.Postgres;

    /// <summary>Whether it takes no writes now. What needs it then needn't try.</summary>
    public bool IsAway => _absence is not null;

    /// <summary>Whether it answers questions: one that takes no writes may still be read.</summary>
    public bool Answers => _absence is not { IsSilent: true } && IsPrepared;

    /// <summary>Whether its tables are up to date. They aren't yet where the server was started while it was away.</summary>
    public bool IsPrepared => WhenPrepared.IsCompleted;

    /// <summary>Ends when its tables are up to date.</summary>
    public Task WhenPrepared => Volatile.Read(ref _prepared)?.Task ?? Task.CompletedTask;

    /// <summary>Since when it has been away, UTC; null when it isn't.</summary>
    public DateTime? AwaySince => _absence?.Since;

    /// <summary>Why it is away, in English; null when it isn't.</summary>
    public string? Reason => _absence?.Reason;

    /// <summary>Whether it answers, but lacks tables or rights that are needed: that may need a person.</summary>
    public bool IsIncomplete => _absence is { IsIncomplete: true };

    /// <summary>Notes that it takes no writes.</summary>
    /// <param name="reason">Why, in English.</param>
    /// <param name="isIncomplete">Whether it answers, but lacks tables or rights.</param>
    /// <returns>True for the first to notice, or to notice that it is for the other kind of reason.</returns>
    public bool MarkAway(string reason, bool isIncomplete = false)
    {
        lock (_lock)
        {
            if (!CanBeAway || (_absence is { } known && known.IsIncomplete == isIncomplete))
            {
                return false;
            }

            _absence = new(_absence?.Since ?? clock.GetUtcNow().UtcDateTime, reason, IsSilent: !isIncomplete, isIncomplete);
            return true;
        }
    }

    /// <summary>Notes whether it answers while it is away.</summary>
    public void MarkAnswers(bool answers)
    {
        lock (_lock)
        {
            _absence = _absence is { } absence ? absence with { IsSilent = !answers } : null;
        }
    }

    /// <summary>Notes that it takes writes again.</summary>
    /// <returns>How long it was away, for the first to notice; else null.</returns>
    public TimeSpan? MarkBack()
    {
        if (_absence is null)
        {
            return null;
        }

        lock (_lock)
        {
            if (_absence is not { } absence || !IsPrepared)
            {
                return null;
            }

            _absence = null;
            return clock.GetUtcNow().UtcDateTime - absence.Since;
        }
    }

    /// <summary>Notes that the server starts without its database: the tables can't be brought up to date yet.</summary>
    public void StartUnprepared(string reason)
    {
        Volatile.Write(ref _prepared, new(TaskCreationOptions.RunContinuationsAsynchronously));
        MarkAway(reason);
    }

    /// <summary>Notes that the tables are up to date at last.</summary>
    public void MarkPrepared()
    {
        MarkAnswers(true);
        _prepared?.TrySetResult();
    }

    private sealed record Absence(DateTime Since, string Reason, bool IsSilent, bool IsIncomplete);
}
