using System.Data.Common;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <inheritdoc/>
internal sealed class SummaryChoiceStore(IBackgroundWrites writes, ISummaryWriter summaries, SqlDatabase database, ZoneOfOption byOption) : ISummaryChoices
{
    private const string ZoneName = "time-zone";

    private const string AnyRow = "SELECT CASE WHEN EXISTS (SELECT 1 FROM messages) OR EXISTS (SELECT 1 FROM metric_points) THEN 1 ELSE 0 END";

    public async Task<SummaryChoices> GetAsync(CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        sql.Add($"select name, value from settings where name in ({sql.Parameter(SummarySettings.Name)}, {sql.Parameter(ZoneName)})");
        var values = (await database.ReadAsync(sql, static row => (Name: row.GetString(0), Value: row.GetString(1)), cancellationToken))
            .ToDictionary(static row => row.Name, static row => row.Value, StringComparer.Ordinal);
        var zone = values.GetValueOrDefault(ZoneName) is { } name ? QueryTimes.TryFindZone(name) : null;
        return new(zone, [.. SummarySettings.Parse(values.GetValueOrDefault(SummarySettings.Name)).Pins.Order(StringComparer.Ordinal)]);
    }

    public Task PinAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (connection, settings) =>
            {
                var pins = keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
                await SetAsync(connection, settings, settings with { Pins = pins }, cancellationToken);
            },
            cancellationToken);

    public Task ChooseZoneAsync(TimeZoneInfo? zone, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (connection, settings) =>
            {
                await SettingSql.WriteAsync(connection, ZoneName, zone?.Id, cancellationToken);
                await SetAsync(connection, settings, settings with { Zone = (zone ?? byOption.Zone).Id }, cancellationToken);
            },
            cancellationToken);

    public Task FollowOptionAsync(CancellationToken cancellationToken) =>
        ChangeAsync(
            async (connection, settings) =>
            {
                var chosen = await SettingSql.ReadAsync(connection, ZoneName, cancellationToken);
                await SetAsync(connection, settings, settings with { Zone = chosen ?? byOption.Zone.Id }, cancellationToken);
            },
            cancellationToken);

    private Task<bool> ChangeAsync(Func<DbConnection, SummarySettings, Task> change, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async connection =>
            {
                await summaries.LockRulesAsync(connection, cancellationToken);
                await change(connection, SummarySettings.Parse(await SettingSql.ReadAsync(connection, SummarySettings.Name, cancellationToken)));
                return true;
            },
            cancellationToken);

    private static async Task SetAsync(DbConnection connection, SummarySettings before, SummarySettings after, CancellationToken cancellationToken)
    {
        if (before.ToString() == after.ToString())
        {
            return;
        }

        await SettingSql.WriteAsync(connection, SummarySettings.Name, after.ToString(), cancellationToken);
        var built = SummaryBuilt.Parse(await SettingSql.ReadAsync(connection, SummaryBuilt.Name, cancellationToken), before);
        // What isn't summed up by a key, or for a zone, at any time since, is to be built before it counts as right again, even if it was right before.
        built = before.AreBuilt && await IsEmptyAsync(connection, cancellationToken)
            ? new(built.Change + 1, after.Zone, after.Pins, 1)
            : new(built.Change + 1, after.Zone == before.Zone ? built.Days : null, [.. built.Keys.Intersect(after.Pins, StringComparer.Ordinal)], 0);
        await SettingSql.WriteAsync(connection, SummaryBuilt.Name, built.ToString(), cancellationToken);
    }

    private static async Task<bool> IsEmptyAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var any = connection.CreateCommand();
        any.CommandText = AnyRow;
        return Convert.ToInt32(await any.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture) == 0;
    }
}
