using System.Runtime.InteropServices;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>Adds up figures from the sums: by numbers first, which makes few of many rows; then it is looked up what the numbers stand for.</summary>
internal static class SummedFigures
{
    // Keys of a row come first, those that aren't asked among them.
    private static readonly (FigureBy By, string Column)[] s_keys =
    [
        (FigureBy.Day, "m.d"),
        (FigureBy.Model, "m.model_id"),
        (FigureBy.User, "m.user_id"),
        (FigureBy.Tool, "m.tool_id"),
        (FigureBy.Type, "m.type"),
        (FigureBy.Name, "m.name_id"),
        (FigureBy.PromptSize, "m.prompt_size"),
    ];

    private static readonly string[] s_setKeys = ["m.system_key", "m.set_key"];

    /// <summary>The figures, in no order; none for what came to nothing.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="by">What they are told apart by.</param>
    /// <param name="select">SQL of the rows.</param>
    /// <param name="numbers">Columns to be summed up.</param>
    /// <param name="histograms">Columns of distributions to be added together.</param>
    /// <param name="attributes">Attributes that they are told apart by: two at most.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<List<Figure>> ReadAsync(
        SqlReader reader,
        FigureBy by,
        Func<SqlText, string> select,
        IReadOnlyList<string> numbers,
        IReadOnlyList<string> histograms,
        IReadOnlyList<string> attributes,
        CancellationToken cancellationToken)
    {
        var aliases = by.HasFlag(FigureBy.User) ? await NameTexts.ReadAliasesAsync(reader, cancellationToken) : [];
        var sql = reader.NewText();
        sql.Add(Statement(sql, by, select(sql), numbers, histograms, attributes.Count > 0));
        var summed = await AddUpAsync(reader, sql, aliases, (numbers.Count, histograms.Count), cancellationToken);
        var texts = await NameTexts.ReadAsync(
            reader, summed.Keys.SelectMany(static of => new[] { of.Model, of.User, of.Tool, of.Name }).OfType<int>(), cancellationToken);
        var values = await SetAttributes.ReadAsync(reader, summed.Keys.Select(static of => (of.System, of.Set)), attributes, cancellationToken);
        // Many sets have the same values.
        return
        [
            .. summed.GroupBy(one => Named(one.Key), static one => one.Value)
                .Select(static group => (Of: group.Key, Total: group.Aggregate(static (all, one) => all.Add(one))))
                .Where(static one => one.Total.Numbers.Any(static number => number != 0))
                .Select(static one => new Figure(one.Of, [.. one.Total.Numbers.Select(Figure.Clamp)], one.Total.Histograms)),
        ];

        FigureKey Named(Key of)
        {
            var ofSet = values.GetValueOrDefault((of.System, of.Set));
            return new()
            {
                Day = of.Day is { } day ? DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day) : null,
                Model = Text(of.Model),
                User = Text(of.User),
                Tool = Text(of.Tool),
                Type = (MessageType?)of.Type,
                Name = Text(of.Name),
                PromptSize = (short?)of.PromptSize,
                First = ofSet?.ElementAtOrDefault(0),
                Second = ofSet?.ElementAtOrDefault(1),
            };
        }

        string? Text(int? id) => id is { } number ? texts[number] : null;
    }

    private static string Statement(SqlText sql, FigureBy by, string rows, IReadOnlyList<string> numbers, IReadOnlyList<string> histograms, bool bySet)
    {
        List<string> shown = [.. s_keys.Select(key => by.HasFlag(key.By) ? key.Column : "null"), .. s_setKeys.Select(column => bySet ? column : "null")];
        if (sql.Dialect.IsInProcess)
        {
            return $"select {string.Join(", ", [.. shown, .. numbers.Concat(histograms).Select(static column => $"m.{column}")])} from {rows}";
        }

        List<string> groups = [.. shown.Where(static column => column != "null")];
        shown.AddRange(numbers.SelectMany(static column => HalfSum.Of($"m.{column}")));
        shown.AddRange(histograms.Select(column => sql.Dialect.Bytes($"m.{column}")));
        return $"select {string.Join(", ", shown)} from {rows}{(groups.Count > 0 ? $" group by {string.Join(", ", groups)}" : "")}";
    }

    private static async Task<Dictionary<Key, Total>> AddUpAsync(
        SqlReader reader, SqlText sql, Dictionary<int, int> aliases, (int Numbers, int Histograms) counts, CancellationToken cancellationToken)
    {
        var first = s_keys.Length + s_setKeys.Length;
        var width = sql.Dialect.IsInProcess ? 1 : 2;
        var firstHistogram = first + width * counts.Numbers;
        Dictionary<Key, Total> summed = [];
        var (last, total) = (default(Key), default(Total));
        await reader.ForEachAsync(
            sql,
            (NumberRow row) =>
            {
                var user = row.Int32OrNull(2);
                var key = new Key(
                    row.Int32OrNull(0), row.Int32OrNull(1), user is { } id ? aliases.GetValueOrDefault(id, id) : null, row.Int32OrNull(3), row.Int32OrNull(4),
                    row.Int32OrNull(5), row.Int32OrNull(6), row.Int32OrNull(7) ?? 0, row.Int64OrNull(8) ?? 0);
                // Rows come in the order of an index: those of a key mostly one after the other.
                if (total is null || key != last)
                {
                    ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(summed, key, out _);
                    total = slot ??= new(new Int128[counts.Numbers], [.. Enumerable.Range(0, counts.Histograms).Select(static _ => new LogHistogram())]);
                    last = key;
                }

                for (var i = 0; i < counts.Numbers; i++)
                {
                    var column = first + width * i;
                    total.Numbers[i] += width == 1 ? row.Int64(column) : HalfSum.Join(row.Int64(column), row.Int64(column + 1));
                }

                for (var i = 0; i < counts.Histograms; i++)
                {
                    total.Histograms[i].Add(row.Bytes(firstHistogram + i));
                }
            },
            cancellationToken);
        return summed;
    }

    private readonly record struct Key(int? Day, int? Model, int? User, int? Tool, int? Type, int? Name, int? PromptSize, int System, long Set);

    // Sums that can't overflow.
    private sealed record Total(Int128[] Numbers, LogHistogram[] Histograms)
    {
        public Total Add(Total other)
        {
            for (var i = 0; i < Numbers.Length; i++)
            {
                Numbers[i] += other.Numbers[i];
            }

            for (var i = 0; i < Histograms.Length; i++)
            {
                Histograms[i].Add(other.Histograms[i]);
            }

            return this;
        }
    }
}
