using ActivityLog.Core.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>Tells the other nodes by NOTIFY.</summary>
internal sealed class PostgresNews(NpgsqlDataSource database) : INodeNews
{
    /// <summary>The channel that all nodes listen to.</summary>
    public const string Channel = "activitylog";

    /// <summary>This node's name in its texts: it hears those, too.</summary>
    public string Node { get; } = Guid.NewGuid().ToString("n");

    // In the transaction of the change, which is rare: a change that is made and not told would let a revoked token in for minutes.
    public Task TellTokensChangedAsync(ActivityLogDbContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {new NewsText(Node, null).ToString()})", cancellationToken);

    /// <summary>Tells that these Systems, at most <see cref="NewsText.MaxSystems"/>, have new messages.</summary>
    public async Task TellMessagesAsync(IReadOnlyList<int> systemKeys, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT pg_notify($1, $2)");
        command.Parameters.AddWithValue(Channel);
        command.Parameters.AddWithValue(new NewsText(Node, systemKeys).ToString());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
