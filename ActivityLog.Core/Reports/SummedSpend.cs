using System.Runtime.InteropServices;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>
/// Adds up the spend of generations from the sums: by numbers first, which makes few of many rows; then it is looked up whom and what the numbers stand for.
/// </summary>
internal static class SummedSpend
{
    private static readonly string[] s_amounts = ["m.cost_nanodollars", "m.input_tokens", "m.output_tokens", "m.cache_read_tokens", "m.cache_create_tokens"];

    /// <summary>Spend by something; not by session, which these sums don't know.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="by">By what.</param>
    /// <param name="key">The attribute, where it is by one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<List<SpendRow>> ReadAsync(SqlReader reader, Sums sums, SpendBy by, string? key, CancellationToken cancellationToken)
    {
        var aliases = by.HasFlag(SpendBy.User) ? await NameTexts.ReadAliasesAsync(reader, cancellationToken) : [];
        var spent = await ReadAsync(reader, sums, by, aliases, cancellationToken);
        var texts = await NameTexts.ReadAsync(reader, spent.Keys.SelectMany(static of => new[] { of.Model, of.User }).OfType<int>(), cancellationToken);
        var values = key is null ? [] : await SetAttributes.ReadAsync(reader, spent.Keys.Select(static of => (of.System, of.Set)), [key], cancellationToken);
        List<SpendRow> rows = [.. spent.Where(static one => one.Value.IsSomething).Select(one => new SpendRow(
            SpendSource.Events,
            one.Key.Day is { } day ? DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day) : null,
            Text(one.Key.Model),
            Text(one.Key.User),
            null,
            key is null ? null : values.GetValueOrDefault((one.Key.System, one.Key.Set))?[0],
            null,
            one.Value.ToUsage()))];
        // Many sets have one value.
        return key is null ? rows : [.. rows.GroupBy(static row => row with { Usage = default }).Select(static group => group.Key with { Usage = SpendUsage.Sum(group) })];

        string? Text(int? id) => id is { } number ? texts[number] : null;
    }

    private static async Task<Dictionary<Key, Amounts>> ReadAsync(SqlReader reader, Sums sums, SpendBy by, Dictionary<int, int> aliases, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        List<string> keys = [];
        var (day, model, user) = (Column(SpendBy.Day, "m.d"), Column(SpendBy.Model, "m.model_id"), Column(SpendBy.User, "m.user_id"));
        var (system, set) = (Column(SpendBy.Attribute, "m.system_key"), Column(SpendBy.Attribute, "m.set_key"));
        var calls = keys.Count;
        var rows = sums.Spend(sql, keys.Where(static column => column != "m.d").Select(static column => column["m.".Length..]));
        sql.Add(sql.Dialect.IsInProcess
            ? $"select {string.Join(", ", [.. keys, "m.calls", .. s_amounts])} from {rows}"
            : $"select {string.Join(", ", [.. keys, "cast(coalesce(sum(m.calls), 0) as bigint)", .. s_amounts.SelectMany(HalfSum.Of)])} from {rows}"
                + (keys.Count == 0 ? "" : $" group by {string.Join(", ", keys)}"));
        Func<NumberRow, int, Int128> amount = sql.Dialect.IsInProcess
            ? (row, i) => row.Int64(calls + 1 + i)
            : (row, i) => HalfSum.Join(row.Int64(calls + 1 + 2 * i), row.Int64(calls + 2 + 2 * i));
        Dictionary<Key, Amounts> spent = [];
        await reader.ForEachAsync(
            sql,
            (NumberRow row) =>
            {
                var name = Number(row, user);
                var of = new Key(Number(row, day), Number(row, model), name is { } id ? aliases.GetValueOrDefault(id, id) : null, Number(row, system) ?? 0, set < 0 ? 0 : row.Int64(set));
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(spent, of, out _);
                sum.Calls += row.Int64(calls);
                sum.Cost += amount(row, 0);
                sum.Input += amount(row, 1);
                sum.Output += amount(row, 2);
                sum.CacheRead += amount(row, 3);
                sum.CacheCreate += amount(row, 4);
            },
            cancellationToken);
        return spent;

        int Column(SpendBy one, string column)
        {
            if (!by.HasFlag(one))
            {
                return -1;
            }

            keys.Add(column);
            return keys.Count - 1;
        }
    }

    private static int? Number(NumberRow row, int column) => column < 0 ? null : row.Int32OrNull(column);

    private readonly record struct Key(int? Day, int? Model, int? User, int System, long Set);

    // Sums that can't overflow.
    private record struct Amounts(long Calls, Int128 Cost, Int128 Input, Int128 Output, Int128 CacheRead, Int128 CacheCreate)
    {
        public readonly bool IsSomething => this != default;

        public readonly SpendUsage ToUsage() =>
            new(Figure.Clamp(Cost), Calls, Figure.Clamp(Input), Figure.Clamp(Output), Figure.Clamp(CacheRead), Figure.Clamp(CacheCreate));
    }
}
