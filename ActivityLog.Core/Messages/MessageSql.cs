using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Messages;

/// <summary>SQL of a message query's conditions, on a row <c>m</c> of <c>messages</c>.</summary>
internal static class MessageSql
{
    /// <summary>All of them.</summary>
    /// <param name="query">The query.</param>
    /// <param name="systemKeys">The Systems, of those of the query.</param>
    /// <param name="sql">The statement that gets the parameters.</param>
    public static List<string> Conditions(MessageQuery query, IReadOnlyCollection<int> systemKeys, SqlText sql)
    {
        List<string> conditions = [Systems(systemKeys, sql), .. Range(query.From, query.To, sql)];
        foreach (var filter in query.Filters)
        {
            conditions.Add(FieldSql.Condition(filter, sql));
            // A session's rows lie side by side: its key finds them without looking at others.
            if (filter.Field == MessageFields.SessionId && !filter.Values.Contains(null))
            {
                var keys = systemKeys.SelectMany(system =>
                    filter.Values.Select(id => MessageKeys.Session(system, MessageKeys.SessionSource.Session, (string)id!)));
                conditions.Add($"m.session_key in ({sql.Parameters(keys)})");
            }
        }

        if (query.Search is { } search)
        {
            conditions.Add(Search(search, sql));
        }

        return conditions;
    }

    /// <summary>Rows of these Systems.</summary>
    public static string Systems(IReadOnlyCollection<int> systemKeys, SqlText sql) => systemKeys.Count switch
    {
        0 => "1 = 0",
        1 => $"m.system_key = {sql.Parameter(systemKeys.First())}",
        _ => $"m.system_key in ({sql.Parameters(systemKeys)})",
    };

    /// <summary>Rows of a range of time.</summary>
    /// <param name="from">First moment, UTC; null for no bound.</param>
    /// <param name="to">First moment that isn't in it any more, UTC; null for no bound.</param>
    /// <param name="sql">The statement that gets the parameters.</param>
    /// <param name="time">SQL of the rows' time.</param>
    public static IEnumerable<string> Range(DateTime? from, DateTime? to, SqlText sql, string time = "m.occurred_at")
    {
        if (from is { } start)
        {
            yield return $"{time} >= {sql.Parameter(Ceiling(start))}";
        }

        if (to is { } end)
        {
            yield return $"{time} < {sql.Parameter(Ceiling(end))}";
        }
    }

    private static string Search(string search, SqlText sql)
    {
        var named = $"select id from names where kind in ({(short)NameKind.Name}, {(short)NameKind.Model}, {(short)NameKind.Tool}) " +
            $"and {sql.Dialect.Contains("value", search, sql)}";
        return $"(m.name_id in ({named}) or m.model_id in ({named}) or m.tool_id in ({named}) " +
            $"or {sql.Dialect.Contains("m.body", search, sql)} or {sql.Dialect.Contains("m.error", search, sql)})";
    }

    // Rows hold whole microseconds: a bound within one leaves that one out.
    private static long Ceiling(DateTime time) => UnixMicroseconds.From(time.AddTicks(TimeSpan.TicksPerMicrosecond - 1));
}
