using System.Data.Common;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Senders;

/// <inheritdoc/>
internal sealed class SenderStore(IDbContextFactory<ActivityLogDbContext> contexts, IBackgroundWrites writes, TimeProvider clock) : ISenderStore
{
    private static readonly string[] s_columns =
    [
        "system_key", "sender_key", "token_key", "service_name", "user_name", "installation", "is_claude_code", "version", "os_type", "os_version", "architecture", "address",
        "first_seen_at", "last_seen_at", "last_logs_at", "last_traces_at", "last_metrics_at", "sends_prompts", "sends_tool_details",
    ];

    // Nodes tell what they saw when they can: what was seen later holds, whichever comes first. What isn't told says nothing against what was.
    private static readonly string s_update = string.Join(", ",
    [
        .. new[] { "token_key", "version", "os_type", "os_version", "architecture", "address", "sends_prompts", "sends_tool_details" }.Select(static column =>
            $"{column} = CASE WHEN excluded.last_seen_at >= senders.last_seen_at THEN COALESCE(excluded.{column}, senders.{column}) ELSE COALESCE(senders.{column}, excluded.{column}) END"),
        .. new[] { "last_seen_at", "last_logs_at", "last_traces_at", "last_metrics_at" }.Select(static column =>
            $"{column} = CASE WHEN senders.{column} IS NULL OR excluded.{column} > senders.{column} THEN excluded.{column} ELSE senders.{column} END"),
        "first_seen_at = CASE WHEN excluded.first_seen_at < senders.first_seen_at THEN excluded.first_seen_at ELSE senders.first_seen_at END",
    ]);

    public async Task<IReadOnlyList<SenderSeen>> ListAsync(IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await StoreErrors.GuardAsync(() => (
            from sender in context.Senders.AsNoTracking()
            join system in context.Systems on sender.SystemKey equals system.Key
            join token in context.Tokens on sender.TokenKey equals token.Key
            where systemKeys.Contains(sender.SystemKey)
            orderby sender.LastSeenAt descending, sender.SenderKey
            select new SenderSeen(sender, system.Id, system.Name, token.Name)).ToListAsync(cancellationToken));
        var namedAt = rows.Where(static row => row.Sender is { IsNamed: true, Installation: not null })
            .GroupBy(static row => (row.Sender.SystemKey, row.Sender.Installation))
            .ToDictionary(static group => group.Key, static group => group.Max(static row => row.Sender.LastSeenAt));
        return [.. rows.Where(row => row.Sender.IsNamed || !(namedAt.TryGetValue((row.Sender.SystemKey, row.Sender.Installation), out var at) && at >= row.Sender.LastSeenAt))];
    }

    public Task AddAsync(IReadOnlyCollection<Sender> seen, CancellationToken cancellationToken) => writes.UpsertAsync(
        "senders", s_columns, "system_key, sender_key", s_update,
        seen.OrderBy(static sender => sender.SystemKey).ThenBy(static sender => sender.SenderKey).Select(ValuesOf), cancellationToken);

    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        await writes.DeleteBeforeAsync("senders", "last_seen_at", clock.GetUtcNow().UtcDateTime - SenderLimits.Kept, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var crowded = await StoreErrors.GuardAsync(() => context.Senders.GroupBy(static sender => sender.SystemKey)
            .Where(static group => group.Count() > SenderLimits.MaxPerSystem).Select(static group => group.Key).ToListAsync(cancellationToken));
        foreach (var system in crowded)
        {
            await writes.RunAsync(connection => DeleteLongestUnseenAsync(connection, system, cancellationToken), cancellationToken);
        }
    }

    private static async Task<int> DeleteLongestUnseenAsync(DbConnection connection, int system, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            DELETE FROM senders WHERE system_key = @system AND last_seen_at <
                (SELECT last_seen_at FROM senders WHERE system_key = @system ORDER BY last_seen_at DESC LIMIT 1 OFFSET @kept)
            """;
        command.Add("@system", system);
        command.Add("@kept", SenderLimits.MaxPerSystem - 1);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static object?[] ValuesOf(Sender sender) =>
    [
        sender.SystemKey, sender.SenderKey, sender.TokenKey, sender.ServiceName, sender.UserName, sender.Installation, sender.IsClaudeCode,
        sender.Version, sender.OsType, sender.OsVersion, sender.Architecture, sender.Address,
        Time(sender.FirstSeenAt), Time(sender.LastSeenAt), Time(sender.LastLogsAt), Time(sender.LastTracesAt), Time(sender.LastMetricsAt),
        sender.SendsPrompts, sender.SendsToolDetails,
    ];

    private static long? Time(DateTime? time) => time is { } known ? UnixMicroseconds.From(known) : null;
}
