using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ActivityLog.Bench;

/// <summary>PostgreSQL: one connection's binary COPY. The rows go in as they came out, so the client does no work on them.</summary>
internal sealed class PostgresBaseline : IBaseline
{
    private const int RowsPerCommit = 1000;
    private const int HeaderLength = 19;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("activitylog-bench-");
    private readonly NpgsqlConnection _connection;
    private readonly int _postmaster;
    private bool _hasTable;

    private PostgresBaseline(NpgsqlConnection connection, string connectionString, int postmaster)
    {
        _connection = connection;
        _postmaster = postmaster;
        Settings = new Dictionary<string, string>
        {
            ["ActivityLog__Storage__Engine"] = "Postgres",
            ["ConnectionStrings__ActivityLog"] = connectionString,
            ["ActivityLog__DataDirectory"] = _directory.FullName,
        };
    }

    public string Name => "PostgreSQL, one connection's binary COPY";

    public IReadOnlyDictionary<string, string> Settings { get; }

    public TimeSpan Cpu => ProcessTree.Cpu(_postmaster);

    public static async Task<PostgresBaseline> CreateAsync(string server)
    {
        await using (var admin = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString))
        {
            await admin.OpenAsync();
            await using var create = new NpgsqlCommand("create database activitylog_bench", admin);
            await create.ExecuteNonQueryAsync();
        }

        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = "activitylog_bench" }.ConnectionString;
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var ask = new NpgsqlCommand("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)", connection);
        var postmaster = int.Parse((string)(await ask.ExecuteScalarAsync())!, CultureInfo.InvariantCulture);
        return new(connection, connectionString, postmaster);
    }

    public async Task<object?> AskAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync();
    }

    public async Task<long> CountAsync(long from, long to)
    {
        await using var command = new NpgsqlCommand("select count(*) from messages where occurred_at >= $1 and occurred_at < $2", _connection)
        {
            Parameters = { new() { Value = from }, new() { Value = to } },
        };
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task<EngineWrite> WriteAsync(long from, long to, int limit)
    {
        if (!_hasTable)
        {
            await MakeTableAsync();
            _hasTable = true;
        }

        var (rows, copies) = await ReadAsync(from, to, limit);
        var cpu = Cpu;
        var watch = Stopwatch.StartNew();
        foreach (var copy in copies)
        {
            await using var stream = await _connection.BeginRawBinaryCopyAsync("copy baseline from stdin (format binary)");
            await stream.WriteAsync(copy);
        }

        return new(rows, watch.Elapsed, Cpu - cpu);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private async Task MakeTableAsync()
    {
        // Its rows are never read: vacuuming them would only take time from the product.
        await ExecuteAsync("create table baseline (like messages including defaults including storage including compression) with (autovacuum_enabled = false)");
        var indexes = new List<string>();
        await using (var command = new NpgsqlCommand("select indexname, indexdef from pg_indexes where tablename = 'messages'", _connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var name = reader.GetString(0);
                indexes.Add(reader.GetString(1)
                    .Replace("CREATE UNIQUE INDEX", "CREATE INDEX", StringComparison.Ordinal)
                    .Replace($" {name} ", $" baseline_{name} ", StringComparison.Ordinal)
                    .Replace(" ON public.messages ", " ON public.baseline ", StringComparison.Ordinal));
            }
        }

        foreach (var index in indexes)
        {
            await ExecuteAsync(index);
        }
    }

    /// <summary>Reads rows in COPY's binary form, and cuts the stream into one complete COPY a commit.</summary>
    private async Task<(long Rows, List<byte[]> Copies)> ReadAsync(long from, long to, int limit)
    {
        using var all = new MemoryStream();
        var select = string.Create(
            CultureInfo.InvariantCulture,
            $"copy (select * from messages where occurred_at >= {from} and occurred_at < {to} order by received_at limit {limit}) to stdout (format binary)");
        await using (var stream = await _connection.BeginRawBinaryCopyAsync(select))
        {
            await stream.CopyToAsync(all);
        }

        var bytes = all.GetBuffer().AsMemory(0, (int)all.Length);
        var copies = new List<byte[]>();
        var (start, position, rows) = (HeaderLength, HeaderLength, 0L);
        while (true)
        {
            var fields = BinaryPrimitives.ReadInt16BigEndian(bytes.Span[position..]);
            if ((fields < 0 || rows % RowsPerCommit == 0) && position > start)
            {
                copies.Add([.. bytes.Span[..HeaderLength], .. bytes.Span[start..position], 0xff, 0xff]);
                start = position;
            }

            if (fields < 0)
            {
                return (rows, copies);
            }

            position += sizeof(short);
            for (var field = 0; field < fields; field++)
            {
                position += sizeof(int) + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes.Span[position..]));
            }

            rows++;
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync();
    }
}
