namespace ActivityLog.Core.Summaries;

/// <inheritdoc/>
internal sealed class SummaryMaintenance(SummaryBuild build) : ISummaryMaintenance
{
    public async Task<long> RebuildAsync(Action<double> tell, CancellationToken cancellationToken)
    {
        long? rows;
        do
        {
            rows = await build.RunAsync(
                all: true,
                progress =>
                {
                    tell(progress);
                    return Task.CompletedTask;
                },
                cancellationToken);
        }
        while (rows is null);
        return rows.Value;
    }
}
