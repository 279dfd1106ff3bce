using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Builds what the settings ask for and the sums don't hold yet, and notes what is built.</summary>
internal sealed class SummaryBuild(IBackgroundWrites writes, ISummaryWriter summaries, SummaryRebuild rebuild)
{
    /// <summary>Builds what is missing.</summary>
    /// <param name="all">Whether to compare all with the rows, even where nothing is missing.</param>
    /// <param name="tell">Hears of the progress, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends the work; what is built by then stays.</param>
    /// <returns>Rows that were appended to the sums; null if the settings changed meanwhile, so that more is to be built.</returns>
    public async Task<long?> RunAsync(bool all, Func<double, Task> tell, CancellationToken cancellationToken)
    {
        var (setting, settings, built) = await BeginAsync(cancellationToken);
        var isWhole = built.IsWhole(settings);
        if (isWhole && !all)
        {
            return 0;
        }

        var noted = built.Progress;
        var appended = await rebuild.RunAsync(
            setting,
            onlyDays: !all && settings.AreBuilt && built.AreKeysWhole(settings),
            async progress =>
            {
                await tell(progress);
                return isWhole || Math.Abs(progress - noted) < 0.01 || await TryNoteAsync(built.Change, noted = Math.Min(0.99, progress), cancellationToken);
            },
            cancellationToken);
        return appended is not null && (isWhole || await TryEndAsync(setting, built.Change, cancellationToken)) ? appended : null;
    }

    private Task<(string? Setting, SummarySettings Settings, SummaryBuilt Built)> BeginAsync(CancellationToken cancellationToken) =>
        writes.RunAsync(
            async connection =>
            {
                var setting = await SettingSql.ReadAsync(connection, SummarySettings.Name, cancellationToken);
                var settings = SummarySettings.Parse(setting);
                await SettingSql.AddAsync(connection, SumCorrector.Turn, SumCorrector.FirstTurn, cancellationToken);
                await SettingSql.AddAsync(connection, SummaryBuilt.Name, SummaryBuilt.Parse(null, settings).ToString(), cancellationToken);
                var built = SummaryBuilt.Parse(await SettingSql.ReadAsync(connection, SummaryBuilt.Name, cancellationToken), settings);
                return (setting, settings, built);
            },
            cancellationToken);

    // False when the settings were changed. Somebody else who builds may note his progress at the same time.
    private Task<bool> TryNoteAsync(int change, double progress, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async connection =>
            {
                while (await SettingSql.ReadAsync(connection, SummaryBuilt.Name, cancellationToken) is { } value
                    && SummaryBuilt.Parse(value, SummarySettings.Default) is var built && built.Change == change)
                {
                    if (await SettingSql.TryReplaceAsync(connection, SummaryBuilt.Name, value, (built with { Progress = progress }).ToString(), cancellationToken))
                    {
                        return true;
                    }
                }

                return false;
            },
            cancellationToken);

    private Task<bool> TryEndAsync(string? setting, int change, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async connection =>
            {
                await summaries.LockRulesAsync(connection, cancellationToken);
                var now = await SettingSql.ReadAsync(connection, SummarySettings.Name, cancellationToken);
                var settings = SummarySettings.Parse(now) with { AreBuilt = true };
                var built = SummaryBuilt.Parse(await SettingSql.ReadAsync(connection, SummaryBuilt.Name, cancellationToken), settings);
                if (now != setting || built.Change != change)
                {
                    return false;
                }

                await SettingSql.WriteAsync(connection, SummarySettings.Name, settings.ToString(), cancellationToken);
                await SettingSql.WriteAsync(connection, SummaryBuilt.Name, new SummaryBuilt(change, settings.Zone, settings.Pins, 1).ToString(), cancellationToken);
                return true;
            },
            cancellationToken);
}
