using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;
using Microsoft.Extensions.Options;

namespace ActivityLog.Core.Messages;

/// <inheritdoc cref="IMessageStore"/>
internal sealed class MessageStore(SqlDatabase database, IOptions<PlanOptions> plans) : IMessageStore
{
    // Systems of one statement: each is a sub-select of its own, and SQLite takes at most 500.
    private const int SystemsAtOnce = 100;

    private readonly MessageCompletion _completion = new(database, plans.Value);

    public async Task<MessagePage> ListAsync(MessageQuery query, CancellationToken cancellationToken)
    {
        List<FoundMessage> found = [];
        foreach (var systems in query.SystemKeys.Distinct().Chunk(SystemsAtOnce))
        {
            found.AddRange(await database.ReadAsync(ListSql(query, systems), new MessageRows().Read, cancellationToken));
        }

        // Each statement answers its Systems' newest; several are merged in the same order.
        var page = found
            .OrderByDescending(static message => message.View.OccurredAt)
            .ThenByDescending(static message => message.Key.Session)
            .ThenByDescending(static message => message.Key.Call)
            .Take(query.Take)
            .ToList();
        var next = found.Count > query.Take ? new MessageCursor(Storage.UnixMicroseconds.From(page[^1].View.OccurredAt), page[^1].Key).ToString() : null;
        return new MessagePage(await _completion.CompleteAsync(page, null, cancellationToken), next);
    }

    public async Task<MessageView?> GetAsync(Guid id, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken) =>
        await FindAsync(id, systemKeys, cancellationToken) is { } found ? (await _completion.CompleteAsync([found], null, cancellationToken))[0] : null;

    public async Task<MessagePage?> ListChildrenAsync(Guid id, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, systemKeys, cancellationToken) is not { } parent)
        {
            return null;
        }

        var rows = await RelatedRow.ReadAsync(database, [.. parent.Ranges], cancellationToken);
        var parents = new ToolParents(rows);
        var self = rows.Find(row => row.Key == parent.Key);
        var children = rows
            .Where(row => row.Key != parent.Key && (IsWithin(row, self) || (row.Type == MessageType.Tool && parents.Of(row)?.Key == parent.Key)))
            .OrderBy(static row => row.StartedAt).ThenBy(static row => row.Key.Session).ThenBy(static row => row.Key.Call)
            .Take(IMessageStore.MaxRelated)
            .Select(static row => row.Key)
            .ToList();
        if (children.Count == 0)
        {
            return new MessagePage([], null);
        }

        var sql = database.NewText();
        var values = children.Select(key => $"({sql.Parameter(key.Session)}, {sql.Parameter(key.Call)})");
        sql.Add($"with k(session_key, call_key) as (values {string.Join(", ", values)}) {MessageRows.Select} from k ")
            .Add($"join messages m on m.system_key = {sql.Parameter(parent.SystemKey)} and m.session_key = k.session_key and m.call_key = k.call_key ")
            .Add("order by coalesce(m.started_at, m.occurred_at), m.session_key, m.call_key");
        var found = await database.ReadAsync(sql, new MessageRows().Read, cancellationToken);
        return new MessagePage(await _completion.CompleteAsync(found, parents, cancellationToken), null);
    }

    public async Task<IReadOnlyList<MessageView>> ListTraceAsync(Guid id, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, systemKeys, cancellationToken) is not { } message)
        {
            return [];
        }

        var sql = database.NewText();
        string?[] either =
        [
            $"m.call_key = {sql.Parameter(message.Key.Call)}",
            message.View.PromptId is { } prompt ? $"m.prompt_id = {sql.Parameter(prompt)}" : null,
            message.View.TraceId is { } trace ? $"m.trace_id = {sql.Parameter(Convert.FromHexString(trace))}" : null,
        ];
        sql.Add($"{MessageRows.Select} from messages m where {SessionRange.Condition(message.Ranges, sql)} ")
            .Add($"and ({string.Join(" or ", either.OfType<string>())}) ")
            .Add($"order by coalesce(m.started_at, m.occurred_at), m.session_key, m.call_key limit {sql.Parameter(IMessageStore.MaxRelated)}");
        return await _completion.CompleteAsync(await database.ReadAsync(sql, new MessageRows().Read, cancellationToken), null, cancellationToken);
    }

    public Task<AggregateResult> AggregateAsync(MessageAggregate query, CancellationToken cancellationToken) => database.SnapshotAsync(
        async reader =>
        {
            var sql = reader.NewText();
            var source = MessageSums.TrySource(query, await SummaryStates.ReadAsync(reader, cancellationToken), sql) ?? Rows(query, sql);
            return await AggregateSql.Build(sql, query.Aggregation, source).RunAsync(reader, sql, source, cancellationToken);
        },
        cancellationToken);

    private static AggregateSource Rows(MessageAggregate query, SqlText sql)
    {
        var conditions = MessageSql.Conditions(query.Query, query.Query.SystemKeys, sql);
        if (!query.NamesRepeats)
        {
            conditions.Add($"m.type <> {(short)MessageType.Repeat}");
        }

        return new AggregateSource("messages m", conditions, query.Query.Zone, query.Query.From, query.Query.To);
    }

    // Events bear the span they were written in; spans the span above them.
    private static bool IsWithin(RelatedRow row, RelatedRow? span) =>
        span is { IsSpan: true, TraceId: not null, SpanId: not null } && row.TraceId == span.TraceId
        && (row.IsSpan ? row.ParentSpanId : row.SpanId) == span.SpanId;

    private async Task<FoundMessage?> FindAsync(Guid id, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        if (systemKeys.Count == 0)
        {
            return null;
        }

        var sql = database.NewText();
        var key = MessageKey.FromGuid(id);
        sql.Add($"{MessageRows.Select} from messages m where {MessageSql.Systems(systemKeys, sql)} ")
            .Add($"and m.session_key = {sql.Parameter(key.Session)} and m.call_key = {sql.Parameter(key.Call)}");
        return (await database.ReadAsync(sql, new MessageRows().Read, cancellationToken)).FirstOrDefault();
    }

    // Of each System its newest by the index of time, as many as a page and one more; then the newest of them all, and only of those the whole rows.
    private SqlText ListSql(MessageQuery query, IReadOnlyList<int> systemKeys)
    {
        const string Order = "order by m.occurred_at desc, m.session_key desc, m.call_key desc";
        var sql = database.NewText();
        var take = sql.Parameter(query.Take + 1);
        // One upper bound, the nearer one: SQLite walks down from whichever comes first, and each page of an export would begin at the end of its range.
        var bounded = query is { Cursor: { } page, To: { } to } && page.OccurredAt < Storage.UnixMicroseconds.From(to) ? query with { To = null } : query;
        var systems = systemKeys.Select(system =>
        {
            var conditions = MessageSql.Conditions(bounded, [system], sql);
            if (query.Cursor is { } cursor)
            {
                conditions.Add($"m.occurred_at <= {sql.Parameter(cursor.OccurredAt)}");
                conditions.Add(
                    "(m.occurred_at, m.session_key, m.call_key) < " +
                    $"({sql.Parameter(cursor.OccurredAt)}, {sql.Parameter(cursor.Key.Session)}, {sql.Parameter(cursor.Key.Call)})");
            }

            // Few rows of one session, sorted, cost less than walking through all by time until enough of them are found.
            var order = query.Filters.Any(static filter => filter.Field == MessageFields.SessionId)
                ? Order.Replace("m.occurred_at", "m.occurred_at + 0", StringComparison.Ordinal)
                : Order;
            return $"select * from (select m.system_key, m.session_key, m.call_key, m.occurred_at from messages m{FieldSql.Joins(sql)} " +
                $"where {string.Join(" and ", conditions)} {order} limit {take}) one";
        });
        return sql.Add($"with k as (select * from ({string.Join(" union all ", systems)}) m {Order} limit {take}) {MessageRows.Select} from k ")
            .Add($"join messages m on m.system_key = k.system_key and m.session_key = k.session_key and m.call_key = k.call_key {Order}");
    }
}
