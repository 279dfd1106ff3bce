using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Summaries;

/// <inheritdoc/>
internal sealed class SummaryStates(SqlDatabase database) : ISummaryState
{
    public Task<SummaryState> ReadAsync(CancellationToken cancellationToken) =>
        database.SnapshotAsync(reader => ReadAsync(reader, cancellationToken), cancellationToken);

    /// <summary>The state as of the reader's snapshot: what is read there from the sums agrees with it.</summary>
    public static async Task<SummaryState> ReadAsync(SqlReader reader, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        sql.Add($"select name, value from settings where name in ({sql.Parameter(SummarySettings.Name)}, {sql.Parameter(SummaryBuilt.Name)})");
        var values = (await reader.ReadAsync(sql, static row => (Name: row.GetString(0), Value: row.GetString(1)), cancellationToken))
            .ToDictionary(static row => row.Name, static row => row.Value, StringComparer.Ordinal);
        var settings = SummarySettings.Parse(values.GetValueOrDefault(SummarySettings.Name));
        return Of(settings, SummaryBuilt.Parse(values.GetValueOrDefault(SummaryBuilt.Name), settings));
    }

    private static SummaryState Of(SummarySettings settings, SummaryBuilt built) => new()
    {
        IsBuilt = settings.AreBuilt,
        Days = settings.AreBuilt && built.Days == settings.Zone ? QueryTimes.TryFindZone(settings.Zone) : null,
        PinnedKeys = [.. settings.Pins.Order(StringComparer.Ordinal)],
        ReadyKeys = settings.AreBuilt ? [.. settings.Pins.Intersect(built.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [],
        Progress = built.IsWhole(settings) ? 1 : built.Progress,
    };
}
