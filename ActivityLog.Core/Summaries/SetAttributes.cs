using System.Data.Common;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Summaries;

/// <summary>Looks up attributes of sets of the sums: once a set, not once a row.</summary>
internal static class SetAttributes
{
    // Of one statement.
    private const int Chunk = 500;

    /// <summary>The values of some attributes, in their order, of some sets; nothing for a set that isn't there.</summary>
    public static async Task<Dictionary<(int System, long Set), string?[]>> ReadAsync(
        SqlReader reader, IEnumerable<(int System, long Set)> sets, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        Dictionary<(int System, long Set), string?[]> values = [];
        if (attributes.Count == 0)
        {
            return values;
        }

        foreach (var system in sets.Distinct().GroupBy(static one => one.System, static one => one.Set))
        {
            foreach (var chunk in system.Chunk(Chunk))
            {
                var sql = reader.NewText();
                sql.Add($"select s.set_key, {string.Join(", ", attributes.Select(name => sql.Dialect.Attribute("s.attributes", name, sql)))} ")
                    .Add($"from summary_sets s where s.system_key = {sql.Parameter(system.Key)} and s.set_key in ({sql.Parameters(chunk)})");
                await reader.ForEachAsync(
                    sql,
                    (DbDataReader row) => values[(system.Key, row.GetInt64(0))] = [.. attributes.Select((_, i) => row.IsDBNull(1 + i) ? null : row.GetString(1 + i))],
                    cancellationToken);
            }
        }

        return values;
    }
}
