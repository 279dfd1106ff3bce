using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <inheritdoc cref="IMetadataKeyStore"/>
internal sealed class MetadataKeyStore(SqlDatabase database) : IMetadataKeyStore
{
    // Messages of any type that are looked at: the latest.
    private const int MaxMessages = 5_000;

    // Ids and times: nobody wants a row for each.
    private const int MaxValues = 200;

    public Task<IReadOnlyList<MetadataKey>> ListAsync(IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken) =>
        database.SnapshotAsync(reader => ListAsync(reader, systemKeys, cancellationToken), cancellationToken);

    private static async Task<IReadOnlyList<MetadataKey>> ListAsync(SqlReader reader, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        var pinned = (await SummaryStates.ReadAsync(reader, cancellationToken)).PinnedKeys;
        var values = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var sets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var system in systemKeys)
        {
            var sql = reader.NewText();
            sql.Add("select m.metadata, a.attributes from (select m.metadata, m.type, m.system_key, m.attribute_set_key from messages m ")
                .Add($"where m.system_key = {sql.Parameter(system)} order by m.occurred_at desc, m.session_key desc, m.call_key desc limit {MaxMessages / systemKeys.Count + 1}) m ")
                .Add($"left join attribute_sets a on a.system_key = m.system_key and a.set_key = m.attribute_set_key where m.type = {(short)MessageType.Generation}");
            foreach (var (own, shared) in await reader.ReadAsync(sql, static row => (row.GetString(0), row.IsDBNull(1) ? "{}" : row.GetString(1)), cancellationToken))
            {
                Add(values, own);
                if (sets.Add(shared))
                {
                    Add(values, shared);
                }
            }
        }

        return
        [
            .. values.Where(static key => key.Value.Count <= MaxValues && FieldTable.IsMetadataKey(key.Key))
                .Select(key => new MetadataKey(key.Key, key.Value.Count, pinned.Contains(key.Key)))
                .Concat(pinned.Where(key => !values.ContainsKey(key)).Select(static key => new MetadataKey(key, 0, true)))
                .OrderByDescending(static key => key.IsPinned).ThenBy(static key => key.Key, StringComparer.Ordinal),
        ];
    }

    private static void Add(Dictionary<string, HashSet<string>> values, string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (!values.TryGetValue(property.Name, out var known))
            {
                values[property.Name] = known = new(StringComparer.Ordinal);
            }

            if (known.Count <= MaxValues)
            {
                known.Add(property.Value.ToString());
            }
        }
    }
}
