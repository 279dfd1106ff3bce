using System.Runtime.InteropServices;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>Adds up increments of metrics from the sums: by numbers first, which makes few of many rows; then it is looked up what the numbers stand for.</summary>
internal static class SummedMetrics
{
    /// <summary>The sums of some metrics by something.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="names">The metrics.</param>
    /// <param name="by">By what: days and people; always by metric.</param>
    /// <param name="attributes">And by which attributes, two at most.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<List<(FigureKey Of, long Whole, long Nanos)>> ReadAsync(
        SqlReader reader, Sums sums, IReadOnlyList<string> names, FigureBy by, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        var aliases = by.HasFlag(FigureBy.User) ? await NameTexts.ReadAliasesAsync(reader, cancellationToken) : [];
        var summed = await ReadAsync(reader, sums, names, by, aliases, cancellationToken);
        var texts = await NameTexts.ReadAsync(reader, summed.Keys.Select(static of => of.User).OfType<int>().Concat(summed.Keys.Select(static of => of.Name)), cancellationToken);
        var values = await SetAttributes.ReadAsync(reader, summed.Keys.Select(static of => (of.System, of.Set)), attributes, cancellationToken);
        // Many sets have the same values.
        return
        [
            .. summed.GroupBy(one => new FigureKey
            {
                Day = one.Key.Day is { } day ? DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day) : null,
                User = one.Key.User is { } user ? texts[user] : null,
                Name = texts[one.Key.Name],
                First = Value(one.Key, 0),
                Second = Value(one.Key, 1),
            })
            .Select(static group => (
                group.Key,
                Whole: Figure.Clamp(group.Aggregate((Int128)0, static (sum, one) => sum + one.Value.Whole)),
                Nanos: Figure.Clamp(group.Aggregate((Int128)0, static (sum, one) => sum + one.Value.Nanos))))
            .Where(static one => one.Whole != 0 || one.Nanos != 0),
        ];

        string? Value(Key of, int attribute) => attribute < attributes.Count ? values.GetValueOrDefault((of.System, of.Set))?[attribute] : null;
    }

    private static async Task<Dictionary<Key, (Int128 Whole, Int128 Nanos)>> ReadAsync(
        SqlReader reader, Sums sums, IReadOnlyList<string> names, FigureBy by, Dictionary<int, int> aliases, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var (byDay, byUser) = (by.HasFlag(FigureBy.Day), by.HasFlag(FigureBy.User));
        string[] keys = ["m.name_id", "m.system_key", "m.set_key", .. byDay ? ["m.d"] : Array.Empty<string>(), .. byUser ? ["m.user_id"] : Array.Empty<string>()];
        var rows = $"{sums.Metrics(sql)} where m.name_id in (select id from names where kind = {(short)NameKind.Name} and value in ({sql.Parameters(names)}))";
        sql.Add(sql.Dialect.IsInProcess
            ? $"select {string.Join(", ", [.. keys, "m.whole", "m.nanos"])} from {rows}"
            : $"select {string.Join(", ", [.. keys, .. HalfSum.Of("m.whole"), .. HalfSum.Of("m.nanos")])} from {rows} group by {string.Join(", ", keys)}");
        var first = keys.Length;
        Func<NumberRow, (Int128 Whole, Int128 Nanos)> numbers = sql.Dialect.IsInProcess
            ? row => (row.Int64(first), row.Int64(first + 1))
            : row => (HalfSum.Join(row.Int64(first), row.Int64(first + 1)), HalfSum.Join(row.Int64(first + 2), row.Int64(first + 3)));
        Dictionary<Key, (Int128 Whole, Int128 Nanos)> summed = [];
        await reader.ForEachAsync(
            sql,
            (NumberRow row) =>
            {
                var user = byUser ? row.Int32OrNull(first - 1) : null;
                var of = new Key(row.Int32(0), row.Int32(1), row.Int64(2), byDay ? row.Int32(3) : null, user is { } id ? aliases.GetValueOrDefault(id, id) : null);
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(summed, of, out _);
                var (whole, nanos) = numbers(row);
                sum = (sum.Whole + whole, sum.Nanos + nanos);
            },
            cancellationToken);
        return summed;
    }

    private readonly record struct Key(int Name, int System, long Set, int? Day, int? User);
}
