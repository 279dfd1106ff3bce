using System.Data.Common;
using System.Runtime.InteropServices;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>
/// Makes one row of several that stand for the same. Each step is one short transaction, so that whoever reads finds either the rows or their sum. Several may
/// be at it: what a step adds up is what it took away itself.
/// </summary>
internal sealed class SumCompaction(IBackgroundWrites writes, ISummaryWriter summaries, SqlDatabase database, TimeProvider clock)
{
    /// <summary>Buckets that one <see cref="ListAsync"/> tells at most.</summary>
    public const int MaxListed = 500;

    private readonly Dictionary<string, string> _take = SumTable.All.ToDictionary(static table => table.Name, table => Take(table, writes), StringComparer.Ordinal);

    /// <summary>Buckets from a time on, in order, each with the number of its rows.</summary>
    public Task<List<(int At, long Rows)>> ListAsync(SumTable table, int system, SummaryGrain grain, int from, CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        sql.Add($"select at, count(*) from {table.Name} where system_key = {sql.Parameter(system)} and grain = {sql.Parameter((short)grain)} ")
            .Add($"and at >= {sql.Parameter(from)} group by at order by at limit {MaxListed}");
        return database.ReadAsync(sql, static row => (row.GetInt32(0), row.GetInt64(1)), cancellationToken);
    }

    /// <summary>Rows of buckets that aren't the only one of their group.</summary>
    public async Task<long> CountShareableAsync(SumBuckets buckets, CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        sql.Add($"select cast(coalesce(sum(g.n), 0) as bigint) from (select count(*) as n from {buckets.Table.Name} where system_key = {sql.Parameter(buckets.System)} ")
            .Add($"and grain = {sql.Parameter((short)buckets.Grain)} and at between {sql.Parameter(buckets.First)} and {sql.Parameter(buckets.Last)} ")
            .Add($"group by {Group(buckets.Table)} having count(*) > 1) g");
        return (await database.ReadAsync(sql, static row => row.GetInt64(0), cancellationToken))[0];
    }

    /// <summary>Makes rows of buckets fewer.</summary>
    public Task<SumCompacted> CompactAsync(SumBuckets buckets, int maxRows, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async connection =>
            {
                var begun = clock.GetTimestamp();
                var (taken, sums) = await TakeAsync(connection, buckets, maxRows, cancellationToken);
                await summaries.AppendAsync(connection, [], buckets.Table, sums, cancellationToken);
                foreach (var sum in sums)
                {
                    taken[sum.At]--;
                }

                return new SumCompacted(taken, clock.GetElapsedTime(begun));
            },
            cancellationToken);

    // How many of each bucket, and what they come to.
    private async Task<(Dictionary<int, int> Taken, List<SumDelta> Sums)> TakeAsync(DbConnection connection, SumBuckets buckets, int maxRows, CancellationToken cancellationToken)
    {
        await using var take = connection.CreateCommand();
#pragma warning disable CA2100 // Tables and columns are constants; the values are parameters.
        take.CommandText = _take[buckets.Table.Name];
#pragma warning restore CA2100
        take.Add("@system", buckets.System);
        take.Add("@grain", (short)buckets.Grain);
        take.Add("@first", buckets.First);
        take.Add("@last", buckets.Last);
        take.Add("@limit", maxRows);
        var totals = new SumTotals(buckets.Table);
        var taken = new Dictionary<int, int>();
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(taken, reader.GetInt32(2), out _)++;
            totals.Add(reader, negative: false);
        }

        return (taken, totals.ToDeltas());
    }

    // Rows of whole groups, but for the last one. Only who compacts deletes rows of a System that is there: nobody waits for anybody.
    private static string Take(SumTable table, IBackgroundWrites writes)
    {
        var chosen = writes.Chosen(place =>
            $"SELECT place FROM (SELECT {place} AS place, {Group(table)}, count(*) OVER (PARTITION BY {Group(table)}) AS n FROM {table.Name} " +
            $"WHERE system_key = @system AND grain = @grain AND at BETWEEN @first AND @last) AS d WHERE n > 1 ORDER BY {Group(table)} LIMIT @limit");
        return $"DELETE FROM {table.Name} WHERE {chosen} RETURNING {string.Join(", ", table.Columns)}";
    }

    private static string Group(SumTable table) => string.Join(", ", table.Group);
}
