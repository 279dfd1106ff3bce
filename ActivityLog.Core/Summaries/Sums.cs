using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;

namespace ActivityLog.Core.Summaries;

/// <summary>
/// What a query reads of the sums. <see cref="Of(SummaryState, ReportQuery, bool, string?)"/> answers null where only raw rows tell: its bounds aren't on quarters of an hour,
/// an attribute isn't pinned, or the sums aren't built. Each table's method gives SQL of the rows that fulfil the query, a sub-select named
/// <c>m</c>, with the table's columns and <c>d</c>, the day of the query's zone (days since 1970; null where days aren't told apart), and <c>person_id</c>, the person
/// behind <c>user_id</c>. Rows are signed deltas: numbers are sums over them, and a group is there only if its count is more than none.
/// </summary>
internal sealed class Sums
{
    private readonly IReadOnlyCollection<int> _systems;
    private readonly IReadOnlyList<FieldFilter> _filters;
    private readonly IReadOnlyList<SumSlice> _slices;
    private readonly IReadOnlyList<SumSlice> _byWeeks;
    private readonly Func<SummaryGrain, string> _time;

    private Sums(
        IReadOnlyCollection<int> systems, IReadOnlyList<FieldFilter> filters, (IReadOnlyList<SumSlice> Finest, IReadOnlyList<SumSlice> ByWeeks) slices, Func<SummaryGrain, string> time) =>
        (_systems, _filters, (_slices, _byWeeks), _time) = (systems, filters, slices, time);

    /// <summary>Whether tools can be answered: they aren't summed up by model.</summary>
    public bool HasTools => _filters.All(static filter => filter.Field.Sql != "m.model_id");

    /// <summary>What a report's query reads of the sums; null where only raw rows tell.</summary>
    /// <param name="state">The state, as read in the snapshot that the sums are read in.</param>
    /// <param name="query">The query.</param>
    /// <param name="byDay">Whether days are told apart.</param>
    /// <param name="key">The attribute that is told apart; null for none.</param>
    public static Sums? Of(SummaryState state, ReportQuery query, bool byDay, string? key = null) =>
        Of(state, query.SystemKeys, [.. query.Filters], (query.Zone, query.From, query.To), byDay ? TimeBucket.Day : null, key is null ? [] : [key]);

    /// <summary>The same of parts.</summary>
    /// <param name="state">The state.</param>
    /// <param name="systems">Numbers of the Systems asked.</param>
    /// <param name="filters">Conditions.</param>
    /// <param name="range">Zone and bounds of time.</param>
    /// <param name="finest">The finest piece of time that is told apart; null for none.</param>
    /// <param name="keys">The attributes that are told apart.</param>
    public static Sums? Of(
        SummaryState state,
        IReadOnlyCollection<int> systems,
        IReadOnlyList<FieldFilter> filters,
        (TimeZoneInfo Zone, DateTime? From, DateTime? To) range,
        TimeBucket? finest,
        IEnumerable<string> keys)
    {
        var asked = filters.Where(static filter => filter.Field.Kind == FieldKind.Metadata).Select(static filter => filter.Field.Sql).Concat(keys);
        return state.IsBuilt && !asked.Except(state.ReadyKeys, StringComparer.Ordinal).Any()
            && SumSlices.Of(range.From, range.To, range.Zone, finest, state.Days) is { } slices
                ? new Sums(systems, filters, (slices, finest is null ? SumSlices.ByWeeks(slices) : slices), grain => Time(grain, range, finest))
                : null;
    }

    /// <summary>Rows of <c>spend_sums</c>: generations.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="told">The dimensions that the statement tells apart, which only are to be looked at.</param>
    public string Spend(SqlText sql, IEnumerable<string> told) => Rows(SumTable.Spend, sql, told);

    /// <summary>Rows of <c>tool_sums</c>: tool uses and decisions. Only where <see cref="HasTools"/>.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="told">The dimensions that the statement tells apart, which only are to be looked at.</param>
    public string Tools(SqlText sql, IEnumerable<string> told) => Rows(SumTable.Tools, sql, told);

    /// <summary>Rows of <c>count_sums</c>: messages of all types, repeats among them.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="told">The dimensions that the statement tells apart, which only are to be looked at.</param>
    public string Counts(SqlText sql, params IEnumerable<string> told) => Rows(SumTable.Counts, sql, told);

    /// <summary>Rows of <c>session_sums</c>: the messages of sessions.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="told">The dimensions that the statement tells apart beside the session, which only are to be looked at.</param>
    /// <param name="ofFew">Whether the statement names its sessions, by which they are found then, not by their time.</param>
    public string Sessions(SqlText sql, IEnumerable<string> told, bool ofFew = false) => Rows(SumTable.Sessions, sql, told, ofFew ? ("+", sql.Dialect.By(SummaryTables.SessionIndex)) : ("", ""));

    /// <summary>The dimensions that a condition tells apart.</summary>
    public static IEnumerable<string> ToldBy(FieldFilter? condition) => condition is null ? [] : [DimensionOf(condition.Field)];

    /// <summary>Rows of <c>metric_sums</c>: increments.</summary>
    public string Metrics(SqlText sql) => Rows(SumTable.Metrics, sql, []);

    /// <summary>The dimension that tells a field apart.</summary>
    public static string DimensionOf(QueryField field) => field.Kind == FieldKind.Metadata ? "set_key" : field.Sql["m.".Length..];

    /// <summary>SQL of an attribute of rows that have columns <c>system_key</c> and <c>set_key</c>. It costs a look a row: group by those first.</summary>
    /// <param name="key">A pinned attribute; of <c>metric_sums</c> also <c>type</c>, <c>language</c>, <c>decision</c>, <c>tool_name</c> and <c>source</c>.</param>
    /// <param name="rows">What the rows are called.</param>
    /// <param name="sql">The statement.</param>
    public static string Attribute(string key, string rows, SqlText sql) =>
        $"(select {sql.Dialect.Attribute("ks.attributes", key, sql)} from summary_sets ks where ks.system_key = {rows}.system_key and ks.set_key = {rows}.set_key)";

    private static string Time(SummaryGrain grain, (TimeZoneInfo Zone, DateTime? From, DateTime? To) range, TimeBucket? finest) =>
        finest is not { } bucket ? "cast(null as bigint)"
        : grain != SummaryGrain.Quarter ? "m.at"
        : TimeSql.Row(bucket, "(cast(m.at as bigint) * 900000000)", range.Zone, range.From, range.To);

    private static string Condition(FieldFilter filter, SqlText sql)
    {
        if (filter.Field.Kind != FieldKind.Metadata)
        {
            return FieldSql.Condition(filter, sql);
        }

        // The few sets that have such a value, looked for once.
        var value = sql.Dialect.Attribute("ks.attributes", filter.Field.Sql, sql);
        var values = filter.Values.OfType<object>().Distinct().ToList();
        var given = values.Count == 0 ? null : $"(m.system_key, m.set_key) in (select ks.system_key, ks.set_key from summary_sets ks where {value} in ({sql.Parameters(values)}))";
        var none = filter.Values.Contains(null)
            ? $"(m.system_key, m.set_key) not in (select ks.system_key, ks.set_key from summary_sets ks where {value} is not null)"
            : null;
        return given is not null && none is not null ? $"({given} or {none})" : given ?? none ?? "1 = 0";
    }

    // A plus keeps an index from being looked into by what it stands before.
    private string Rows(SumTable table, SqlText sql, IEnumerable<string> told, (string Plus, string Index) by = default)
    {
        var days = table.DaysBy(told.Concat(_filters.Select(static filter => DimensionOf(filter.Field))));
        var conditions = _filters.Select(filter => Condition(filter, sql)).Prepend(MessageSql.Systems(_systems, sql)).ToList();
        var all = days == SummaryGrain.Day && table.HasWeeks ? _byWeeks : _slices;
        var slices = all.Count == 0 ? [new SumSlice(SummaryGrain.Day, 0, 0)] : all;
        return $"({string.Join(" union all ", slices.Select(Slice))}) m";

        string Slice(SumSlice slice)
        {
            var grain = slice.Grain == SummaryGrain.Day ? days : slice.Grain;
            List<string> bounded = [.. conditions, $"{by.Plus}m.grain = {(short)grain}"];
            if (slice.From is { } from)
            {
                bounded.Add($"{by.Plus}m.at >= {sql.Parameter(from)}");
            }

            if (slice.To is { } to)
            {
                bounded.Add($"{by.Plus}m.at < {sql.Parameter(to)}");
            }

            return $"select m.*, {_time(grain)} as d, coalesce(al.alias_of, m.user_id) as person_id from {table.Name} m{by.Index}{FieldSql.People} where {string.Join(" and ", bounded)}";
        }
    }
}
