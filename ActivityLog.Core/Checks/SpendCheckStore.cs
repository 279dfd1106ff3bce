using System.Data.Common;
using System.Globalization;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Checks;

/// <summary>
/// Adds up spend three times over from all messages and points of a range: no sum holds what tells them apart. Safe to call from many threads.
/// </summary>
public sealed class SpendCheckStore
{
    private const string CostMetric = "claude_code.cost.usage";
    private const string TokenMetric = "claude_code.token.usage";

    // Sessions of one statement.
    private const int Chunk = 500;

    // How far events are out of the order of their numbers, at most.
    private static readonly TimeSpan s_outOfOrder = TimeSpan.FromHours(1);

    private readonly SqlDatabase _database;

    internal SpendCheckStore(SqlDatabase database) => _database = database;

    /// <summary>Checks a range.</summary>
    /// <param name="query">Which messages.</param>
    /// <param name="sessionId">Of one session alone; null for all.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    public Task<SpendCheck> RunAsync(ReportQuery query, string? sessionId, CancellationToken cancellationToken) =>
        _database.SnapshotAsync(reader => RunAsync(reader, query, sessionId, cancellationToken), cancellationToken);

    private static async Task<SpendCheck> RunAsync(SqlReader reader, ReportQuery query, string? sessionId, CancellationToken cancellationToken)
    {
        if (sessionId is null && await CountAsync(reader, query, cancellationToken) is > SpendCheck.MaxMessages and var many)
        {
            return new SpendCheck { IsTooLarge = true, Messages = many };
        }

        var tallies = new Dictionary<TallyKey, SessionTally>();
        var messages = await ReadMessagesAsync(reader, query, sessionId, tallies, cancellationToken);
        if (messages > SpendCheck.MaxMessages)
        {
            return new SpendCheck { IsTooLarge = true, Messages = messages };
        }

        await ReadBeyondAsync(reader, query, tallies, cancellationToken);
        await ReadMetricsAsync(reader, query, sessionId, tallies, cancellationToken);
        await ReadMetricsAloneAsync(reader, query, sessionId, tallies, cancellationToken);
        return new SpendCheck
        {
            IsTooLarge = false,
            Messages = messages,
            Sessions = tallies.Keys.Count(static key => key.Session is not null),
            Events = Sum(tallies, static tally => tally.Events),
            Spans = Sum(tallies, static tally => tally.Spans) with { CostNanodollars = 0 },
            Metrics = Sum(tallies, static tally => tally.Metrics),
            Counted = Sum(tallies, static tally => tally.Counted),
            Differences = await DifferencesAsync(reader, tallies, cancellationToken),
        };
    }

    private static async Task<IReadOnlyList<SpendDifference>> DifferencesAsync(
        SqlReader reader, Dictionary<TallyKey, SessionTally> tallies, CancellationToken cancellationToken)
    {
        var systems = (await reader.ReadAsync(
            reader.NewText().Add("select s.key, s.id from systems s"), static row => (Key: row.GetInt32(0), Id: row.GetGuid(1)), cancellationToken))
            .ToDictionary(static system => system.Key, static system => system.Id);
        var differences = tallies.SelectMany(static tally => tally.Value.Differences().Select(one => (tally.Key.System, tally.Value.SessionId, one.Kind, one.Count, one.Spend)))
            .Concat(MetricTally.Differences(tallies));
        return
        [
            .. from one in differences
               group one by one.Kind into kind
               orderby kind.Key
               select new SpendDifference(
                   kind.Key,
                   kind.Sum(static one => one.Count),
                   kind.Aggregate(default(SpendTold), static (sum, one) => sum + one.Spend),
                   [
                       .. kind.Where(one => one.SessionId is not null && systems.ContainsKey(one.System)).OrderByDescending(static one => Math.Abs(one.Spend.CostNanodollars))
                           .ThenByDescending(static one => one.Count).ThenBy(static one => one.SessionId, StringComparer.Ordinal).Take(SpendDifference.MaxSessions)
                           .Select(one => new CheckedSession(one.SessionId!, systems[one.System])),
                   ]),
        ];
    }

    private static SpendTold Sum(Dictionary<TallyKey, SessionTally> tallies, Func<SessionTally, SpendTold> of) =>
        tallies.Values.Aggregate(default(SpendTold), (sum, tally) => sum + of(tally));

    private static SessionTally TallyOf(Dictionary<TallyKey, SessionTally> tallies, TallyKey key, string? sessionId, int? user)
    {
        if (!tallies.TryGetValue(key, out var tally))
        {
            tallies[key] = tally = new SessionTally { SessionId = sessionId, UserId = user };
        }

        return tally;
    }

    // Too many are not read first; null where no sums tell how many.
    private static async Task<long?> CountAsync(SqlReader reader, ReportQuery query, CancellationToken cancellationToken)
    {
        if (Sums.Of(await SummaryStates.ReadAsync(reader, cancellationToken), query with { Models = [] }, byDay: false) is not { } sums)
        {
            return null;
        }

        var sql = reader.NewText();
        sql.Add($"select cast(coalesce(sum(m.messages), 0) as bigint) from {sums.Counts(sql)}");
        return (await reader.ReadAsync(sql, static row => row.GetInt64(0), cancellationToken))[0];
    }

    private static async Task<long> ReadMessagesAsync(
        SqlReader reader, ReportQuery query, string? sessionId, Dictionary<TallyKey, SessionTally> tallies, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        // A model is asked of calls alone: what else is in their sessions tells which events are missing.
        var conditions = SpendSql.Conditions(query with { Models = [] }, sql).Concat(OfSession(query, sessionId, "m.session_key", sql));
        var isAsked = query.Models.Count == 0 ? "1" : $"case when {FieldSql.Condition(new FieldFilter(ReportFields.Model, query.Models), sql)} then 1 else 0 end";
        string[] spans = ["span.input_tokens", "span.output_tokens", "span.cache_read_tokens", "span.cache_creation_tokens"];
        sql.Add("select m.system_key, m.session_key, m.type, m.parts, m.occurred_at, m.cost_nanodollars, m.input_tokens, m.output_tokens, m.cache_read_tokens, ")
            .Add($"m.cache_create_tokens, m.session_id, case when m.request_id is null then 0 else 1 end, {isAsked}, {sql.Attribute("event.sequence")}, ")
            .Add($"{string.Join(", ", spans.Select(sql.Attribute))}, m.user_id from messages m{FieldSql.Joins(sql)} ")
            .Add($"where {string.Join(" and ", conditions)} limit {sql.Parameter(SpendCheck.MaxMessages + 1)}");
        // An attribute may leave out some of a session's events: then missing numbers tell nothing.
        var isNumbered = query.Metadata.Count == 0;
        var rows = await reader.ReadAsync(sql, Read, cancellationToken);
        return rows.Count;

        // Only what it adds up to is held.
        bool Read(DbDataReader row)
        {
            // What has no session is held against the metrics that have none.
            var id = row.IsDBNull(10) ? null : row.GetString(10);
            int? user = row.IsDBNull(18) ? null : row.GetInt32(18);
            var tally = TallyOf(tallies, TallyKey.Of(row.GetInt32(0), id is null ? null : row.GetInt64(1), user), id, user);
            var told = new SpendTold(1, Number(row, 5), Number(row, 6), Number(row, 7), Number(row, 8), Number(row, 9));
            tally.Add(new CheckedMessage(
                (MessageType)row.GetInt16(2), (MessageParts)row.GetInt16(3), row.GetInt32(12) == 1, row.GetInt32(11) == 1, !row.IsDBNull(5), row.GetInt64(4),
                id is not null && isNumbered ? Text(row, 13) : null, told,
                told with
                {
                    InputTokens = Text(row, 14) ?? told.InputTokens,
                    OutputTokens = Text(row, 15) ?? told.OutputTokens,
                    CacheReadTokens = Text(row, 16) ?? told.CacheReadTokens,
                    CacheCreateTokens = Text(row, 17) ?? told.CacheCreateTokens,
                }));
            return true;
        }
    }

    // An event numbered before another one may have come after it: what seems to be missing at an end of the range may lie just beyond.
    private static async Task ReadBeyondAsync(SqlReader reader, ReportQuery query, Dictionary<TallyKey, SessionTally> tallies, CancellationToken cancellationToken)
    {
        List<(DateTime From, DateTime To)> beyond =
        [
            .. query.From is { } from ? [(from - s_outOfOrder, from)] : Array.Empty<(DateTime, DateTime)>(),
            .. query.To is { } to ? [(to, to + s_outOfOrder)] : Array.Empty<(DateTime, DateTime)>(),
        ];
        if (beyond.Count == 0)
        {
            return;
        }

        foreach (var system in tallies.Where(static tally => tally.Key.Session is not null && tally.Value.HasGaps).Select(static tally => tally.Key).GroupBy(static key => key.System).ToList())
        {
            foreach (var chunk in system.Chunk(Chunk))
            {
                var sql = reader.NewText();
                var times = beyond.Select(range => $"({string.Join(" and ", MessageSql.Range(range.From, range.To, sql, "+m.occurred_at"))})");
                sql.Add($"select m.session_key, m.occurred_at, {sql.Attribute("event.sequence")} from messages m{FieldSql.Joins(sql)} where m.system_key = {sql.Parameter(system.Key)} ")
                    .Add($"and m.session_key in ({sql.Parameters(chunk.Select(static key => key.Session!.Value))}) and ({string.Join(" or ", times)}) ")
                    .Add($"and m.parts & {(int)MessageParts.Event} <> 0");
                await reader.ForEachAsync(
                    sql,
                    (DbDataReader row) =>
                    {
                        if (Text(row, 2) is { } number)
                        {
                            tallies[new(system.Key, row.GetInt64(0), null)].AddBeyond(row.GetInt64(1), number);
                        }
                    },
                    cancellationToken);
            }
        }
    }

    private static async Task ReadMetricsAsync(
        SqlReader reader, ReportQuery query, string? sessionId, Dictionary<TallyKey, SessionTally> tallies, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var (cost, tokens) = (NameOf(CostMetric, sql), NameOf(TokenMetric, sql));
        var type = sql.Attribute("type");
        var conditions = SpendSql.Conditions(query, sql).Append($"m.name_id in ({cost}, {tokens})").Concat(OfSession(query, sessionId, "m.session_key", sql));
        sql.Add($"select m.system_key, m.session_key, m.user_id, max(m.session_id), case when m.name_id = {cost} then 'cost' else {type} end as kind, sum(m.increment) ")
            .Add($"from {MetricStore.Points}{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)} group by m.system_key, m.session_key, m.user_id, kind");
        var found = await reader.ReadAsync(
            sql, static row => (Of: Session(row), Kind: row.IsDBNull(4) ? null : row.GetString(4), Sum: row.IsDBNull(5) ? 0 : row.GetDouble(5)), cancellationToken);
        foreach (var ((key, id, user), kind, sum) in found)
        {
            TallyOf(tallies, key, id, user).Add(kind switch
            {
                "cost" => default(SpendTold) with { CostNanodollars = Whole(sum * 1e9) },
                "input" => default(SpendTold) with { InputTokens = Whole(sum) },
                "output" => default(SpendTold) with { OutputTokens = Whole(sum) },
                "cacheRead" => default(SpendTold) with { CacheReadTokens = Whole(sum) },
                "cacheCreation" => default(SpendTold) with { CacheCreateTokens = Whole(sum) },
                _ => default,
            });
        }
    }

    // By the rule that reports count by.
    private static async Task ReadMetricsAloneAsync(
        SqlReader reader, ReportQuery query, string? sessionId, Dictionary<TallyKey, SessionTally> tallies, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var rows = SpendSql.Metrics(query, null, null, sql, OfSession(query, sessionId, "m.session_key", sql));
        sql.Add($"select system_key, s, u, max(sid), {SpendSql.SumOfHalves} from ({rows}) q group by system_key, s, u");
        var found = await reader.ReadAsync(sql, static row => (Of: Session(row), Usage: SpendStore.Usage(row, 0, 4)), cancellationToken);
        foreach (var ((key, id, user), usage) in found)
        {
            TallyOf(tallies, key, id, user).AddAlone(
                new SpendTold(0, usage.CostNanodollars, usage.InputTokens, usage.OutputTokens, usage.CacheReadTokens, usage.CacheCreateTokens));
        }
    }

    private static (TallyKey Key, string? SessionId, int? User) Session(DbDataReader row)
    {
        int? user = row.IsDBNull(2) ? null : row.GetInt32(2);
        return (TallyKey.Of(row.GetInt32(0), row.IsDBNull(1) ? null : row.GetInt64(1), user), row.IsDBNull(3) ? null : row.GetString(3), user);
    }

    private static IEnumerable<string> OfSession(ReportQuery query, string? sessionId, string column, SqlText sql) => sessionId is null ? []
        : [query.SystemKeys.Count == 0 ? "1 = 0" : $"{column} in ({sql.Parameters(query.SystemKeys.Select(system => MessageKeys.Session(system, MessageKeys.SessionSource.Session, sessionId)))})"];

    private static string NameOf(string metric, SqlText sql) =>
        $"(select id from names where kind = {(short)NameKind.Name} and value = {sql.Parameter(metric)})";

    private static long Number(DbDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);

    // Attributes are the sender's: numbers as text or not at all.
    private static long? Text(DbDataReader row, int column) =>
        !row.IsDBNull(column) && long.TryParse(row.GetString(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;

    // What no 64-bit number holds is no amount.
    private static long Whole(double number) => Math.Abs(number) < 9e18 ? (long)Math.Round(number) : 0;
}
