using System.Runtime.InteropServices;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>Adds up what each session amounts to, from the sums of sessions.</summary>
internal static class SessionTotals
{
    /// <summary>Sessions that the sums tell of.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="of">Of which, where they are few; null for all.</param>
    /// <param name="ofModel">Of which models calls and their cost are asked; null for all.</param>
    /// <param name="dearest">How many, those whose calls cost most, are enough; null for all. An engine that has to send them sends no more.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Dictionary<SessionRange, SessionTotal>> ReadAsync(
        SqlReader reader, Sums sums, IReadOnlyCollection<SessionRange>? of, FieldFilter? ofModel, int? dearest, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var isOfModel = ofModel is null ? null : FieldSql.Condition(ofModel, sql);
        string[] counts = ["m.prompts", OfModel("m.generations"), "m.errors"];
        var cost = OfModel("m.cost_nanodollars");
        var rows = $"{sums.Sessions(sql, Sums.ToldBy(ofModel), ofFew: of is not null)}{(of is null ? "" : $" where {SessionRange.Condition(of, sql)}")}";
        if (sql.Dialect.IsInProcess)
        {
            sql.Add($"select m.system_key, m.session_key, {string.Join(", ", counts)}, 0, {cost} from {rows}");
        }
        else
        {
            string[] numbers = [.. counts.Select(static count => $"cast(sum({count}) as bigint)"), .. HalfSum.Of(cost)];
            sql.Add($"select m.system_key, m.session_key, {string.Join(", ", numbers)} from {rows} ")
                .Add("group by m.system_key, m.session_key")
                .Add(dearest is null ? "" : $" having sum({counts[1]}) <> 0 order by sum({cost}) desc, m.session_key limit {sql.Parameter(dearest)}");
        }

        Dictionary<SessionRange, SessionTotal> totals = [];
        await reader.ForEachAsync(
            sql,
            (NumberRow row) =>
            {
                ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, new SessionRange(row.Int32(0), row.Int64(1)), out _);
                total += new SessionTotal(row.Int64(2), row.Int64(3), row.Int64(4), HalfSum.Join(row.Int64(5), row.Int64(6)));
            },
            cancellationToken);
        return totals;

        string OfModel(string column) => isOfModel is null ? column : $"case when {isOfModel} then {column} else 0 end";
    }
}
