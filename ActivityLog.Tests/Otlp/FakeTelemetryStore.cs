using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Otlp;

/// <summary>Remembers what was stored, and does before each append what a test asks for: wait, or fail.</summary>
internal sealed class FakeTelemetryStore : ITelemetryStore
{
    private readonly Lock _lock = new();
    private readonly List<IReadOnlyList<TelemetryBatch>> _appends = [];

    public int Writers { get; set; } = 1;

    public Func<IReadOnlyList<TelemetryBatch>, Task> BeforeAppend { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Whether what was stored is remembered; not by a test that stores more than memory holds.</summary>
    public bool Remembers { get; set; } = true;

    public IReadOnlyList<IReadOnlyList<TelemetryBatch>> Appends
    {
        get
        {
            lock (_lock)
            {
                return [.. _appends];
            }
        }
    }

    public async Task<TelemetryAppended> AppendAsync(IReadOnlyList<TelemetryBatch> batches, CancellationToken cancellationToken)
    {
        await BeforeAppend(batches);
        if (Remembers)
        {
            lock (_lock)
            {
                _appends.Add(batches);
            }
        }

        return new(batches.Sum(static batch => batch.Messages.Count), 0, batches.Sum(static batch => batch.Points.Count), [1]);
    }
}
