using System.Data.Common;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Queries;

/// <summary>Looks up what numbers of names stand for: once each, not once a row.</summary>
internal static class NameTexts
{
    // Of one statement.
    private const int Chunk = 500;

    /// <summary>The texts of some numbers.</summary>
    public static async Task<Dictionary<int, string>> ReadAsync(SqlReader reader, IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        Dictionary<int, string> texts = [];
        foreach (var chunk in ids.Distinct().Chunk(Chunk))
        {
            var sql = reader.NewText();
            sql.Add($"select id, value from names where id in ({sql.Parameters(chunk)})");
            await reader.ForEachAsync(sql, (DbDataReader row) => texts[row.GetInt32(0)] = row.GetString(1), cancellationToken);
        }

        return texts;
    }

    /// <summary>The numbers of some texts; none for what was never seen.</summary>
    public static Task<List<int>> ReadIdsAsync(SqlReader reader, NameKind kind, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        sql.Add($"select id from names where kind = {(short)kind} and value in ({sql.Parameters(texts)})");
        return reader.ReadAsync(sql, static row => row.GetInt32(0), cancellationToken);
    }

    /// <summary>The people that others' names stand for, by the numbers of those names.</summary>
    public static async Task<Dictionary<int, int>> ReadAliasesAsync(SqlReader reader, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        sql.Add("select id, alias_of from names where alias_of is not null");
        return (await reader.ReadAsync(sql, static row => (Id: row.GetInt32(0), Of: row.GetInt32(1)), cancellationToken)).ToDictionary(static one => one.Id, static one => one.Of);
    }
}
