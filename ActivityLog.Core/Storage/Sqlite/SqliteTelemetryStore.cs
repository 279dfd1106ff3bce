
namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>The write path on SQLite.</summary>
internal sealed class SqliteTelemetryStore(SqliteTurn turn, NameStore names, TimeProvider clock) : TelemetryStore(names, clock)
{
    public override int Writers => 1;

    protected override async Task<ITelemetryTransaction> BeginAsync(bool alone, CancellationToken cancellationToken) =>
        new SqliteTelemetryTransaction(await turn.BeginAsync(cancellationToken), turn.End);
}
