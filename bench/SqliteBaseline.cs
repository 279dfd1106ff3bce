using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ActivityLog.Bench;

/// <summary>SQLite: one writer's prepared ADO inserts, in a file beside the product's.</summary>
internal sealed class SqliteBaseline : IBaseline
{
    private const int RowsPerCommit = 1000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("activitylog-bench-");
    private SqliteConnection? _baseline;

    public string Name => "SQLite, one writer's prepared inserts";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["ActivityLog__Storage__Engine"] = "Sqlite",
        ["ActivityLog__DataDirectory"] = _directory.FullName,
    };

    public TimeSpan Cpu => TimeSpan.Zero;

    private string Product => Path.Combine(_directory.FullName, "activitylog.db");

    public async Task<object?> AskAsync(string sql)
    {
        await using var connection = await OpenAsync(Product);
        await using var command = new SqliteCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async Task<long> CountAsync(long from, long to)
    {
        await using var connection = await OpenAsync(Product);
        await using var command = new SqliteCommand("select count(*) from messages where occurred_at >= $from and occurred_at < $to", connection);
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task<EngineWrite> WriteAsync(long from, long to, int limit)
    {
        _baseline ??= await MakeTableAsync();
        var rows = await ReadAsync(from, to, limit);
        await using var insert = _baseline.CreateCommand();
        insert.CommandText = $"insert into messages values ({string.Join(", ", Enumerable.Range(0, rows[0].Length).Select(static index => $"$p{index}"))})";
        for (var index = 0; index < rows[0].Length; index++)
        {
            insert.Parameters.Add(new SqliteParameter { ParameterName = $"$p{index}" });
        }

        await insert.PrepareAsync();
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        foreach (var commit in rows.Chunk(RowsPerCommit))
        {
            await using var transaction = _baseline.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var row in commit)
            {
                for (var index = 0; index < row.Length; index++)
                {
                    insert.Parameters[index].Value = row[index];
                }

                await insert.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }

        return new(rows.Count, watch.Elapsed, Environment.CpuUsage.TotalTime - cpu);
    }

    public async ValueTask DisposeAsync()
    {
        if (_baseline is not null)
        {
            await _baseline.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    private static async Task<SqliteConnection> OpenAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<List<object[]>> QueryAsync(SqliteConnection connection, string sql)
    {
        await using var command = new SqliteCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    private async Task<SqliteConnection> MakeTableAsync()
    {
        await using var product = await OpenAsync(Product);
        var columns = await QueryAsync(product, "select name, type, pk from pragma_table_info('messages') order by cid");
        var indexes = await QueryAsync(product, "select name from pragma_index_list('messages') where origin = 'c'");

        var baseline = await OpenAsync(Path.Combine(_directory.FullName, "baseline.db"));
        await QueryAsync(baseline, "pragma journal_mode = wal");
        await QueryAsync(baseline, "pragma synchronous = full");
        await QueryAsync(baseline, $"create table messages ({string.Join(", ", columns.Select(static column => $"{column[0]} {column[1]}"))})");

        var key = columns.Where(static column => (long)column[2] > 0).OrderBy(static column => (long)column[2]).Select(static column => column[0]);
        await QueryAsync(baseline, $"create index baseline_key on messages ({string.Join(", ", key)})");
        foreach (var index in indexes)
        {
            var parts = await QueryAsync(
                product, $"select name, case when \"desc\" then 'desc' else 'asc' end from pragma_index_xinfo('{index[0]}') where key order by seqno");
            var columnsOfIndex = string.Join(", ", parts.Select(static part => $"{part[0]} {part[1]}"));
            await QueryAsync(baseline, $"create index baseline_{index[0]} on messages ({columnsOfIndex})");
        }

        return baseline;
    }

    private async Task<List<object[]>> ReadAsync(long from, long to, int limit)
    {
        await using var product = await OpenAsync(Product);
        var select = FormattableString.Invariant(
            $"select * from messages where occurred_at >= {from} and occurred_at < {to} order by received_at limit {limit}");
        return await QueryAsync(product, select);
    }
}
