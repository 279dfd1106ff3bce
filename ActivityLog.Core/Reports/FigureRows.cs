using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>
/// SQL of the rows that figures are made of, a sub-select named <c>m</c>: rows of the sums where they can tell, else what is summed up itself in the same columns.
/// </summary>
/// <param name="query">Which.</param>
/// <param name="sums">The sums; null where only raw rows tell.</param>
/// <param name="by">What they are told apart by.</param>
internal sealed class FigureRows(ReportQuery query, Sums? sums, FigureBy by)
{
    /// <summary>What stands for an attribute's value in raw rows, before its place.</summary>
    public const string AttributeColumn = "k";

    private const short Generation = (short)MessageType.Generation, Tool = (short)MessageType.Tool, Decision = (short)MessageType.Decision;

    // Most tokens of each class but the last.
    private static readonly long[] s_sizes = [.. Enumerable.Range(0, PromptSize.Count - 1).Select(static size => PromptSize.Limit((short)size)!.Value)];

    /// <summary>What they are told apart by.</summary>
    public FigureBy By => by;

    /// <summary>Whether the rows are of the sums.</summary>
    public bool IsFromSums => sums is not null;

    // Of what sums by subject don't tell.
    private IEnumerable<string> Told => Dimensions.Where(one => by.HasFlag(one.By)).Select(static one => one.Column);

    private static IReadOnlyList<(FigureBy By, string Column)> Dimensions { get; } =
        [(FigureBy.Model, "model_id"), (FigureBy.User, "user_id"), (FigureBy.Tool, "tool_id"), (FigureBy.PromptSize, "prompt_size")];

    /// <summary>The rows for a query, as of a snapshot.</summary>
    public static FigureRows Of(ReportSnapshot snapshot, ReportQuery query, FigureBy by) => new(query, Sums.Of(snapshot.State, query, by.HasFlag(FigureBy.Day)), by);

    /// <summary>The same for <see cref="Tools"/>, of which the sums may tell less.</summary>
    public static FigureRows OfTools(ReportSnapshot snapshot, ReportQuery query, FigureBy by) =>
        new(query, Sums.Of(snapshot.State, query, by.HasFlag(FigureBy.Day)) is { HasTools: true } sums ? sums : null, by);

    /// <summary>Generations, as <see cref="SpendSumRow"/> has them.</summary>
    public string Spend(SqlText sql) => sums?.Spend(sql, Told) ?? Messages(
        [$"{Size()} as prompt_size", "1 as calls", "m.cost_nanodollars", "m.input_tokens", "m.output_tokens", "m.cache_read_tokens", "m.cache_create_tokens", "m.duration_ms as durations", "m.ttft_ms as ttfts"],
        $"m.type = {Generation}", sql, []);

    /// <summary>Uses of tools and decisions, as <see cref="ToolSumRow"/> has them.</summary>
    public string Tools(SqlText sql)
    {
        if (sums is not null)
        {
            return sums.Tools(sql, Told);
        }

        var denied = $"m.status = {(short)MessageStatus.Denied}";
        var decision = $"case when m.type = {Decision} then {sql.Attribute("decision")} end";
        const string Rejections = "('reject', 'denied', 'abort')";
        return Messages(
            [
                "m.tool_id",
                $"case when m.type = {Tool} and not coalesce({denied}, false) then 1 else 0 end as uses",
                $"case when m.type = {Tool} and m.status = {(short)MessageStatus.Error} then 1 else 0 end as errors",
                $"case when m.type = {Tool} and {denied} then 1 else 0 end as denied",
                $"case when {decision} not in {Rejections} then 1 else 0 end as accepted",
                $"case when {decision} in {Rejections} then 1 else 0 end as rejected",
                $"case when m.type = {Tool} and not coalesce({denied}, false) then m.duration_ms end as durations",
            ],
            $"m.type in ({Tool}, {Decision})", sql, []);
    }

    /// <summary>Messages of all types, as <see cref="CountSumRow"/> has them.</summary>
    public string Counts(SqlText sql, params IReadOnlyList<MessageType> types)
    {
        var condition = $"m.type in ({string.Join(", ", types.Select(static type => (short)type))})";
        if (sums is not null)
        {
            return $"(select * from {sums.Counts(sql, [.. Told, "type"])} where {condition}) m";
        }

        var rows = Messages(["m.type", "1 as messages", $"{sql.Dialect.Attribute("m.metadata", Attempts.Key, sql)} as attempt"], condition, sql, []);
        return $"(select m.*, {Attempts.Retries("m.type", "m.attempt")} as retries from {rows}) m";
    }

    /// <summary>Increments of some metrics, as <see cref="MetricSumRow"/> has them.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="names">Numbers of the metrics' names.</param>
    /// <param name="attributes">Attributes that they are told apart by.</param>
    public string Metrics(SqlText sql, IReadOnlyList<int> names, params IReadOnlyList<string> attributes)
    {
        var named = $"m.name_id in ({sql.Parameters(names)})";
        // What no 64-bit number holds is no amount.
        return sums is not null ? $"(select * from {sums.Metrics(sql)} where {named}) m" : Rows(
            MetricStore.Points,
            ["m.name_id", "cast(trunc(m.increment) as bigint) as whole", "cast(round((m.increment - trunc(m.increment)) * 1000000000.0) as bigint) as nanos"],
            $"m.increment between -9.0e18 and 9.0e18 and {named}", sql, attributes);
    }

    private static string Size() =>
        $"case {string.Join(" ", s_sizes.Select(static (limit, size) => $"when coalesce(m.input_tokens, 0) + coalesce(m.cache_read_tokens, 0) + coalesce(m.cache_create_tokens, 0) <= {limit} then {size}"))} else {s_sizes.Length} end";

    private string Messages(IReadOnlyList<string> columns, string condition, SqlText sql, IReadOnlyList<string> attributes) =>
        Rows("messages m", columns, condition, sql, attributes);

    private string Rows(string from, IReadOnlyList<string> columns, string condition, SqlText sql, IReadOnlyList<string> attributes)
    {
        string[] all =
        [
            by.HasFlag(FigureBy.Day) ? $"{SpendSql.Day(query)} as d" : "cast(null as bigint) as d",
            $"{sql.Person("m.user_id")} as person_id",
            "m.model_id",
            .. columns,
            .. attributes.Select((name, i) => $"{sql.Attribute(name)} as {AttributeColumn}{i}"),
        ];
        string[] conditions = [.. SpendSql.Conditions(query, sql), condition];
        return $"(select {string.Join(", ", all)} from {from}{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)}) m";
    }
}
