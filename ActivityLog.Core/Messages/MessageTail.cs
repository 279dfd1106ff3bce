using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Messages;

/// <inheritdoc cref="IMessageTail"/>
/// <remarks>
/// A look reads the ids of a System's newest messages from the index of time and takes those that weren't among them before: nothing tells the order in which rows
/// came, and most come a little late. Only of new ones whole rows are read.
/// </remarks>
internal sealed class MessageTail : IMessageTail
{
    private const int MaxReach = 5_000;
    private const int MinReach = 500;
    private const int ReachOfAll = 50_000;
    private const int RowsAtOnce = 400;

    // Clocks of nodes differ.
    private static readonly TimeSpan s_slack = TimeSpan.FromMinutes(10);

    private readonly SqlDatabase _database;
    private readonly MessageCompletion _completion;
    private readonly Dictionary<int, HashSet<MessageKey>> _known = [];
    private readonly int _reach;
    private readonly long _since;

    public MessageTail(SqlDatabase database, MessageCompletion completion, int systems, DateTime now)
    {
        _database = database;
        _completion = completion;
        _reach = Math.Clamp(ReachOfAll / Math.Max(1, systems), MinReach, MaxReach);
        _since = UnixMicroseconds.From(now - s_slack);
    }

    /// <summary>Notes what is there.</summary>
    public async Task OpenAsync(IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        foreach (var system in systemKeys)
        {
            _known[system] = [.. await ReadKeysAsync(system, cancellationToken)];
        }
    }

    public async Task<TailLook> LookAsync(MessageQuery query, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        List<FoundMessage> found = [];
        var hasGap = false;
        Dictionary<int, HashSet<MessageKey>> seen = [];
        foreach (var system in systemKeys.Where(query.SystemKeys.Contains))
        {
            var keys = await ReadKeysAsync(system, cancellationToken);
            // A System that came later has nothing old.
            var known = _known.GetValueOrDefault(system, []);
            var added = keys.Where(key => !known.Contains(key)).ToList();
            hasGap |= added.Count == _reach;
            foreach (var chunk in added.Chunk(RowsAtOnce))
            {
                found.AddRange(await ReadRowsAsync(query, system, chunk, cancellationToken));
            }

            seen[system] = [.. keys];
        }

        var items = await _completion.CompleteAsync(
            [.. found.OrderBy(static row => row.View.OccurredAt).ThenBy(static row => row.Key.Session).ThenBy(static row => row.Key.Call)], null, cancellationToken);
        // Only now, when nothing can fail any more.
        foreach (var (system, keys) in seen)
        {
            _known[system] = keys;
        }

        return new TailLook(items, hasGap);
    }

    private Task<List<MessageKey>> ReadKeysAsync(int system, CancellationToken cancellationToken)
    {
        var sql = _database.NewText();
        sql.Add($"select m.session_key, m.call_key from messages m where m.system_key = {sql.Parameter(system)} ")
            .Add($"order by m.occurred_at desc, m.session_key desc, m.call_key desc limit {sql.Parameter(_reach)}");
        return _database.ReadAsync(sql, static row => new MessageKey(row.GetInt64(0), row.GetInt64(1)), cancellationToken);
    }

    private Task<List<FoundMessage>> ReadRowsAsync(MessageQuery query, int system, MessageKey[] keys, CancellationToken cancellationToken)
    {
        var sql = _database.NewText();
        var values = string.Join(", ", keys.Select(key => $"({sql.Parameter(key.Session)}, {sql.Parameter(key.Call)})"));
        var conditions = MessageSql.Conditions(query, [system], sql);
        // What comes into reach because newer ones were deleted came long ago.
        conditions.Add($"m.received_at >= {sql.Parameter(_since)}");
        sql.Add($"with k(session_key, call_key) as (values {values}) {MessageRows.Select} from k ")
            .Add($"join messages m on m.system_key = {sql.Parameter(system)} and m.session_key = k.session_key and m.call_key = k.call_key ")
            .Add(sql.UsesAttributes ? "left join attribute_sets a on a.system_key = m.system_key and a.set_key = m.attribute_set_key " : "")
            .Add($"where {string.Join(" and ", conditions)}");
        return _database.ReadAsync(sql, new MessageRows().Read, cancellationToken);
    }
}
