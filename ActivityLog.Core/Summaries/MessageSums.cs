using System.Data.Common;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Takes messages that expired from the sums, in the transaction that deletes them.</summary>
internal static class MessageSums
{
    // Keys of one statement.
    private const int Chunk = 500;

    public static async Task TakeAwayAsync(
        this ISummaryWriter summaries, DbConnection connection, int system, IReadOnlyList<MessageRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var deltas = new SummaryDeltas(await summaries.ReadRulesAsync(connection, cancellationToken));
        var attributes = new Dictionary<long, string>();
        foreach (var chunk in rows.Where(row => !deltas.Knows(row)).Select(static row => row.AttributeSetKey).Distinct().Chunk(Chunk))
        {
            await ReadAsync(connection, system, chunk, attributes, cancellationToken);
        }

        foreach (var row in rows)
        {
            deltas.Remove(row, attributes.GetValueOrDefault(row.AttributeSetKey));
        }

        await summaries.AppendAsync(connection, deltas, cancellationToken);
    }

    private static async Task ReadAsync(DbConnection connection, int system, long[] keys, Dictionary<long, string> attributes, CancellationToken cancellationToken)
    {
        await using var read = connection.CreateCommand();
        read.CommandText =
            $"SELECT set_key, attributes FROM attribute_sets WHERE system_key = @system AND set_key IN ({string.Join(", ", keys.Select(static (_, i) => $"@k{i}"))})";
        read.Add("@system", system);
        for (var i = 0; i < keys.Length; i++)
        {
            read.Add($"@k{i}", keys[i]);
        }

        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            attributes[reader.GetInt64(0)] = reader.GetString(1);
        }
    }
}
