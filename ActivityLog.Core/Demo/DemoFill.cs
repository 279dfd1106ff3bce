using System.Threading.Channels;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Demo;

/// <summary>Stores what a crowd does; the next batch is made while one is written.</summary>
internal sealed class DemoFill(ITelemetryStore store, TimeProvider clock)
{
    private const int BatchRows = 5000;
    private const int Attempts = 10;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Stores all sessions that have ended at a moment; what is there already adds nothing.</summary>
    /// <param name="crowd">Who does it.</param>
    /// <param name="target">Under which System and token.</param>
    /// <param name="until">Sessions that have ended then, UTC.</param>
    /// <param name="stored">Told after each batch.</param>
    /// <param name="cancellationToken">Ends it; what is stored stays.</param>
    /// <exception cref="StoreUnavailableException">The engine takes no writes, and didn't for a while.</exception>
    public async Task RunAsync(
        DemoCrowd crowd, DemoTarget target, DateTime until, Action<DemoBatch, TelemetryAppended> stored, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<DemoBatch>(2);
        var making = Task.Run(() => MakeAsync(crowd, target, until, batches.Writer, ended.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                stored(batch, await StoreAsync(batch.Batch, cancellationToken));
            }
        }
        finally
        {
            await ended.CancelAsync();
            await making.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task MakeAsync(DemoCrowd crowd, DemoTarget target, DateTime until, ChannelWriter<DemoBatch> into, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in DemoStream.Of(crowd, target, until, BatchRows))
            {
                await into.WriteAsync(batch, cancellationToken);
            }

            into.Complete();
        }
        catch (Exception exception)
        {
            // Whoever reads hears of it.
            into.TryComplete(exception);
        }
    }

    // A server that writes at the same time may have the file for a moment.
    private async Task<TelemetryAppended> StoreAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await store.AppendAsync([batch], cancellationToken);
            }
            catch (StoreUnavailableException) when (attempt < Attempts)
            {
                await Task.Delay(s_pause, clock, cancellationToken);
            }
        }
    }
}
