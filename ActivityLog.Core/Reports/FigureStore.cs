using System.Data.Common;
using System.Globalization;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>Reads figures: sums and distributions over rows by what they have in common.</summary>
internal static class FigureStore
{
    /// <summary>The figures, in no order; none for what came to nothing.</summary>
    /// <param name="snapshot">Of which state.</param>
    /// <param name="rows">Of what.</param>
    /// <param name="select">SQL of the rows: a method of <paramref name="rows"/>.</param>
    /// <param name="numbers">Columns to be summed up.</param>
    /// <param name="histograms">Columns whose distributions are asked.</param>
    /// <param name="attributes">Attributes that they are told apart by: two at most.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<List<Figure>> ReadAsync(
        ReportSnapshot snapshot,
        FigureRows rows,
        Func<SqlText, string> select,
        IReadOnlyList<string> numbers,
        IReadOnlyList<string> histograms,
        IReadOnlyList<string> attributes,
        CancellationToken cancellationToken)
    {
        var reader = snapshot.Reader;
        if (rows.IsFromSums)
        {
            return await SummedFigures.ReadAsync(reader, rows.By, select, numbers, histograms, attributes, cancellationToken);
        }

        var sql = reader.NewText();
        List<string> sums = [.. numbers.Select(static (column, i) => HalfSum.Named($"m.{column}", i))];
        List<string> shown = [.. numbers.SelectMany(static (_, i) => new[] { $"g.h{i}", $"g.l{i}" })];
        Add(sql, rows, select(sql), attributes, sums, shown);
        var first = Names.Count + attributes.Count;
        var read = await reader.ReadAsync(
            sql,
            row => new Figure(
                KeyOf(row, attributes.Count),
                [.. Enumerable.Range(0, numbers.Count).Select(i => Amount(row, first + 2 * i))],
                [.. histograms.Select(static _ => new LogHistogram())]),
            cancellationToken);
        var figures = read.GroupBy(static figure => figure.Of)
            .Select(group => group.Skip(1).Any() ? Figure.Sum(group, numbers.Count, histograms.Count) with { Of = group.Key } : group.First())
            .Where(static figure => figure.Numbers.Any(static number => number != 0)).ToList();
        var byKey = figures.ToDictionary(static figure => figure.Of);
        for (var i = 0; i < histograms.Count; i++)
        {
            await CountAsync(reader, rows, select, histograms[i], attributes, (key, value, count) => byKey.GetValueOrDefault(key)?.Histograms[i].Add(value, count), cancellationToken);
        }

        return figures;
    }

    private static IReadOnlyList<(FigureBy By, string Column, bool IsName)> Names { get; } =
    [
        (FigureBy.Day, "d", false),
        (FigureBy.Model, "model_id", true),
        (FigureBy.User, "person_id", true),
        (FigureBy.Tool, "tool_id", true),
        (FigureBy.Type, "type", false),
        (FigureBy.Name, "name_id", true),
        (FigureBy.PromptSize, "prompt_size", false),
    ];

    // How often raw values fall into each bucket: many rows, few buckets.
    private static async Task CountAsync(
        SqlReader reader,
        FigureRows rows,
        Func<SqlText, string> select,
        string column,
        IReadOnlyList<string> attributes,
        Action<FigureKey, double, long> add,
        CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        Add(sql, rows, $"(select m.*, {Bucket($"m.{column}")} as bucket from {select(sql)} where m.{column} is not null) m", attributes, ["bucket", "count(*) as n"], ["g.bucket", "g.n"], "bucket");
        var first = Names.Count + attributes.Count;
        var counts = await reader.ReadAsync(
            sql,
            row => (Of: KeyOf(row, attributes.Count), Value: row.IsDBNull(first) ? 0 : Math.Exp((row.GetInt32(first) + 0.5) * Math.Log(LogHistogram.Ratio)), Count: row.GetInt64(first + 1)),
            cancellationToken);
        counts.ForEach(one => add(one.Of, one.Value, one.Count));
    }

    private static void Add(
        SqlText sql, FigureRows rows, string from, IReadOnlyList<string> attributes, IReadOnlyList<string> numbers, IReadOnlyList<string> shown, params string[] further)
    {
        string[] groups = [.. Names.Where(one => rows.By.HasFlag(one.By)).Select(static one => $"m.{one.Column}"), .. attributes.Select(static (_, i) => $"m.{FigureRows.AttributeColumn}{i}"), .. further.Select(static column => $"m.{column}")];
        string[] heads =
        [
            .. Names.Select(one => !rows.By.HasFlag(one.By) ? "null" : one.IsName ? $"(select value from names where id = g.{one.Column})" : $"g.{one.Column}"),
            .. attributes.Select(static (_, i) => $"g.{FigureRows.AttributeColumn}{i}"),
            .. shown,
        ];
        string[] inner = [.. groups.Except(further.Select(static column => $"m.{column}")), .. numbers];
        sql.Add($"select {string.Join(", ", heads)} from (select {string.Join(", ", inner)} from {from}{(groups.Length > 0 ? $" group by {string.Join(", ", groups)}" : "")}) g");
    }

    // As LogHistogram.BucketOf; beyond these bounds no bucket has a number.
    private static string Bucket(string value) => string.Create(
        CultureInfo.InvariantCulture,
        $"case when {value} > 1e280 then {short.MaxValue} when {value} > 1e-280 then cast(floor(ln({value}) / {Math.Log(LogHistogram.Ratio):R}) as integer) end");

    private static FigureKey KeyOf(DbDataReader row, int attributes) => new()
    {
        Day = row.IsDBNull(0) ? null : DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)row.GetInt64(0)),
        Model = Text(row, 1),
        User = Text(row, 2),
        Tool = Text(row, 3),
        Type = row.IsDBNull(4) ? null : (MessageType)row.GetInt16(4),
        Name = Text(row, 5),
        PromptSize = row.IsDBNull(6) ? null : (short)row.GetInt32(6),
        First = attributes > 0 ? Text(row, 7) : null,
        Second = attributes > 1 ? Text(row, 8) : null,
    };

    private static long Amount(DbDataReader row, int column) => Figure.Clamp(HalfSum.Join(row.GetInt64(column), row.GetInt64(column + 1)));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
