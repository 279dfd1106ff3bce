using ActivityLog.Core.Demo;

namespace ActivityLog.Web.Demo;

/// <summary>Fills with sample data behind the pages: it goes on when the page that asked for it is left. Safe to call from many threads.</summary>
internal sealed class SampleFill(ISampleData sampleData, IHostApplicationLifetime lifetime, ILogger<SampleFill> logger) : IProgress<SampleProgress>
{
    private readonly Lock _lock = new();
    private Task _filling = Task.CompletedTask;
    private volatile SampleProgress? _progress;

    /// <summary>How far it has come; null when nothing is being filled.</summary>
    public SampleProgress? Progress => _progress;

    /// <summary>The id under which the log tells why the last time failed; null when it didn't.</summary>
    public string? FailureId { get; private set; }

    /// <summary>Raised when it has ended, on any thread.</summary>
    public event Action? Ended;

    /// <summary>Begins, unless it has begun; ends with it. It doesn't throw.</summary>
    public Task RunAsync()
    {
        lock (_lock)
        {
            if (_progress is null)
            {
                (_progress, FailureId) = (new(0, 0), null);
                _filling = Task.Run(FillAsync);
            }

            return _filling;
        }
    }

    void IProgress<SampleProgress>.Report(SampleProgress value) => _progress = value;

    private async Task FillAsync()
    {
        try
        {
            await sampleData.FillAsync(this, lifetime.ApplicationStopping);
        }
        catch (Exception exception)
        {
            FailureId = Shared.FailureId.New();
            logger.LogError(exception, "Sample data couldn't be filled in ({FailureId}).", FailureId);
        }
        finally
        {
            _progress = null;
        }

        Ended?.Invoke();
    }
}
