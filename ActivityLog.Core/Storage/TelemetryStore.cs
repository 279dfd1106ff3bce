using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Storage;

/// <summary>The write path: the same steps on both engines, each engine's transaction doing them its own way.</summary>
internal abstract class TelemetryStore(NameStore names, TimeProvider clock) : ITelemetryStore
{
    private const int Attempts = 6;

    // After this many conflicts a write goes alone: it can't meet another one.
    private const int AttemptsBesideOthers = 3;

    private readonly KnownRows<SessionRef> _sessionsWithEvents = new();
    private readonly KnownRows<(int System, long Key)> _knownSets = new();
    private readonly KnownRows<(int System, long Key)> _knownSeries = new();
    private readonly KnownRows<(int System, long Key)> _knownSummarySets = new();

    /// <inheritdoc/>
    public abstract int Writers { get; }

    /// <inheritdoc/>
    public Task<TelemetryAppended> AppendAsync(IReadOnlyList<TelemetryBatch> batches, CancellationToken cancellationToken) =>
        StoreErrors.GuardAsync(() => AppendOnceAsync(TelemetryFold.Of(batches), cancellationToken));

    /// <summary>Begins a transaction.</summary>
    /// <param name="alone">Whether nobody else may write messages meanwhile.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    protected abstract Task<ITelemetryTransaction> BeginAsync(bool alone, CancellationToken cancellationToken);

    private async Task<TelemetryAppended> AppendOnceAsync(TelemetryFold fold, CancellationToken cancellationToken)
    {
        fold.Names = await names.LearnAsync(fold.Messages.SelectMany(static m => MessageColumns.NamesOf(m.Message)).Concat(fold.Points.SelectMany(MetricRows.NamesOf)), cancellationToken);
        _sessionsWithEvents.Forget();
        _knownSets.Forget();
        _knownSeries.Forget();
        _knownSummarySets.Forget();
        var systems = fold.Messages.Select(static m => m.Message.SystemKey).Concat(fold.Points.Select(static p => p.SystemKey)).Distinct().Order().ToList();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteAsync(fold, alone: attempt > AttemptsBesideOthers, systems, cancellationToken);
            }
            catch (WriteConflictException) when (attempt < Attempts)
            {
                // Rolled back: what the other writer stored is found the next time.
            }
        }
    }

    private async Task<TelemetryAppended> WriteAsync(TelemetryFold fold, bool alone, List<int> systems, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(alone, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var (sessions, knownWithEvents) = SessionsToLock(fold, now);
        var (tracedSessions, traces) = TracesToLock(fold);
        var found = await transaction.LookAsync(new(sessions, tracedSessions, fold.Messages), cancellationToken);
        var summaries = new SummaryDeltas(found.Rules);
        var repeats = Repeats(fold, [.. knownWithEvents, .. found.WithEvents, .. sessions.Where(static s => s.HasEvents).Select(static s => s.Session)]);
        var (inserts, updates) = await SortAsync(transaction, fold, found.Messages, summaries, cancellationToken);
        await transaction.WriteAsync(ToRows(inserts, repeats, fold.Names, summaries), ToRows(updates, repeats, fold.Names, summaries), cancellationToken);
        var turned = traces.Count > 0 && inserts.Count + updates.Count > 0 ? await MarkNestedAsync(transaction, tracedSessions, traces, SetsOf(inserts.Concat(updates)), summaries, cancellationToken) : 0;

        var newSeries = UnknownSeries(fold.Points, fold.Names, now);
        await transaction.AddSeriesAsync(newSeries, cancellationToken);
        var newPoints = fold.Points.Count > 0 ? Sum(fold, await transaction.AddPointsAsync(fold.Points, cancellationToken), summaries) : 0;

        fold.CountNew(inserts);
        var newSets = UnknownSets(inserts.Concat(updates), fold.Points, now);
        var marked = sessions.Where(s => s.HasEvents && !found.WithEvents.Contains(s.Session)).Select(static s => s.Session).ToList();
        turned += marked.Count > 0 ? await RepeatAsync(transaction, await transaction.RepeatSpansAsync(marked, cancellationToken), [], summaries, cancellationToken) : 0;
        var newSummarySets = summaries.Sets.Where(s => !_knownSummarySets.Contains((s.System, s.Set.Key))).ToList();
        await transaction.CommitAsync(new(newSets, marked, summaries, newSummarySets, fold.Tokens), cancellationToken);

        // What is remembered must be true of the database: only now is it.
        foreach (var session in sessions.Where(s => s.HasEvents || found.WithEvents.Contains(s.Session)))
        {
            _sessionsWithEvents.Add(session.Session, session.KeptUntil);
        }

        foreach (var (system, set, keptUntil) in newSets)
        {
            _knownSets.Add((system, set.Key), keptUntil);
        }

        foreach (var (system, set) in newSummarySets)
        {
            _knownSummarySets.Add((system, set.Key), keptUntil: null);
        }

        foreach (var series in newSeries)
        {
            _knownSeries.Add((series.SystemKey, series.SeriesKey), series.ExpiresAt);
        }

        return new TelemetryAppended(inserts.Count, updates.Count + turned, newPoints, systems);
    }

    private static List<MessageRow> ToRows(List<Message> messages, HashSet<MessageKey> repeats, KnownNames names, SummaryDeltas summaries)
    {
        var rows = new List<MessageRow>(messages.Count);
        foreach (var message in messages)
        {
            var row = ToRow(message, repeats, names);
            summaries.Add(row, message.Attributes.Json);
            rows.Add(row);
        }

        return rows;
    }

    // The type isn't changed in the message: a transaction that fails leaves it as it came.
    private static MessageRow ToRow(Message message, HashSet<MessageKey> repeats, KnownNames names)
    {
        var row = MessageColumns.ToRow(message, names);
        row.Type = repeats.Contains(message.Key) && CallForms.IsSpanWithoutId(message) ? MessageType.Repeat : row.Type;
        return row;
    }

    // The sessions in which it matters which form of a call counts (DESIGN 5, rule 2).
    private (List<SharedSession> Sessions, List<SessionRef> KnownWithEvents) SessionsToLock(TelemetryFold fold, DateTime now)
    {
        var sessions = new List<SharedSession>();
        var known = new List<SessionRef>();
        foreach (var (message, _) in fold.Messages)
        {
            var session = new SessionRef(message.SystemKey, message.Key.Session);
            var isEvent = CallForms.IsAgentEvent(message);
            if (message.SessionId is null || (!isEvent && !CallForms.IsSpanWithoutId(message)))
            {
                continue;
            }

            if (_sessionsWithEvents.Covers(session, message.ExpiresAt, now))
            {
                // Noted: another write may make room meanwhile.
                if (!isEvent)
                {
                    known.Add(session);
                }

                continue;
            }

            // Messages come in the order of their sessions.
            var keptUntil = SharedExpiry.Noted(message.ExpiresAt, now);
            if (sessions.Count > 0 && sessions[^1] is var last && last.Session == session)
            {
                sessions[^1] = last with { HasEvents = last.HasEvents || isEvent, KeptUntil = SharedExpiry.Later(last.KeptUntil, keptUntil) };
            }
            else
            {
                sessions.Add(new(session, message.SessionId, isEvent, keptUntil));
            }
        }

        return (sessions, known);
    }

    private static (List<SessionRef> Sessions, List<byte[]> Traces) TracesToLock(TelemetryFold fold)
    {
        var sessions = new List<SessionRef>();
        var traces = new List<byte[]>();
        foreach (var (message, _) in fold.Messages)
        {
            if (message.TraceId is { } trace && CallForms.MayBeToldTwice(message))
            {
                sessions.Add(new(message.SystemKey, message.Key.Session));
                traces.Add(trace);
            }
        }

        return ([.. sessions.Distinct()], [.. traces.DistinctBy(Convert.ToHexString)]);
    }

    // Which of the spans that came don't count.
    private static HashSet<MessageKey> Repeats(TelemetryFold fold, HashSet<SessionRef> withEvents) =>
        [.. from item in fold.Messages
            where CallForms.IsSpanWithoutId(item.Message) && withEvents.Contains(new(item.Message.SystemKey, item.Message.Key.Session))
            select item.Message.Key];

    private async Task<(List<Message> Inserts, List<Message> Updates)> SortAsync(
        ITelemetryTransaction transaction, TelemetryFold fold, IReadOnlyDictionary<(int System, MessageKey Key), MessageRank> found, SummaryDeltas summaries,
        CancellationToken cancellationToken)
    {
        var inserts = new List<Message>(fold.Messages.Count - found.Count);
        var adding = new Dictionary<(int System, MessageKey Key), FoldedMessage>();
        foreach (var item in fold.Messages)
        {
            var key = (item.Message.SystemKey, item.Message.Key);
            if (!found.TryGetValue(key, out var rank))
            {
                inserts.Add(item.Message);
            }
            else if (MessageMerge.Adds(rank, MessageRank.Of(item.Message)))
            {
                adding.Add(key, item);
            }
        }

        return (inserts, adding.Count == 0 ? [] : await MergeAsync(transaction, fold.Names, adding, summaries, cancellationToken));
    }

    private async Task<List<Message>> MergeAsync(
        ITelemetryTransaction transaction, KnownNames known, Dictionary<(int System, MessageKey Key), FoldedMessage> adding, SummaryDeltas summaries,
        CancellationToken cancellationToken)
    {
        var rows = await transaction.LoadAsync([.. adding.Keys], cancellationToken);
        if (rows.Count != adding.Count)
        {
            // Another writer replaced or deleted a row between the look and the lock.
            throw new WriteConflictException();
        }

        await names.LearnAsync(known, rows.SelectMany(static r => MessageColumns.NameIdsOf(r.Row)), cancellationToken);
        var updates = new List<Message>(rows.Count);
        foreach (var (row, attributes) in rows)
        {
            var kept = MessageColumns.ToMessage(row, known, attributes);
            var (incoming, bodyCharacters) = adding[(row.SystemKey, kept.Key)];
            // Looked at again now that it is locked: another writer may have added the same since.
            if (MessageMerge.Adds(MessageRank.Of(kept), MessageRank.Of(incoming)))
            {
                updates.Add(MessageMerge.Merge(kept, incoming, bodyCharacters));
                summaries.Remove(row, attributes);
            }
        }

        return updates;
    }

    private static int Sum(TelemetryFold fold, AddedPoints added, SummaryDeltas summaries)
    {
        var dimensions = new Dictionary<(int System, long Series), MetricDimensions>();
        foreach (var point in added.Changes.Count > 0 ? fold.Points : [])
        {
            // All points of a series have them in common, those that came before among them.
            if (!dimensions.ContainsKey((point.SystemKey, point.SeriesKey)))
            {
                dimensions.Add((point.SystemKey, point.SeriesKey), MetricDimensions.Of(MetricRows.ToSeries(point, fold.Names), summaries.Rules, point.Attributes.Json));
            }
        }

        foreach (var change in added.Changes)
        {
            var of = dimensions[(change.System, change.Series)];
            if (change.Before is { } before)
            {
                summaries.AddPoint(of, change.OccurredAt, before, negative: true);
            }

            if (change.After is { } after)
            {
                summaries.AddPoint(of, change.OccurredAt, after, negative: false);
            }
        }

        return added.Count;
    }

    private static Dictionary<(int System, long Key), string> SetsOf(IEnumerable<Message> messages)
    {
        var sets = new Dictionary<(int, long), string>();
        foreach (var message in messages)
        {
            sets[(message.SystemKey, message.Attributes.Key)] = message.Attributes.Json;
        }

        return sets;
    }

    // Only within the traces that came: a session of thousands of traces isn't gone through again with each batch.
    private static async Task<int> MarkNestedAsync(
        ITelemetryTransaction transaction, List<SessionRef> sessions, List<byte[]> traces, Dictionary<(int System, long Key), string> sets, SummaryDeltas summaries,
        CancellationToken cancellationToken)
    {
        var calls = await transaction.ListTracedCallsAsync(sessions, traces, cancellationToken);
        if (!calls.Any(static c => c is { Type: MessageType.Generation, Parts: MessageParts.Span }))
        {
            return 0;
        }

        // Those of the rows just written come with the commit; the others are there.
        var others = calls.Select(static c => (c.System, c.AttributeSetKey)).Where(key => !sets.ContainsKey(key)).Distinct().ToList();
        foreach (var (key, json) in others.Count > 0 ? await transaction.LoadAttributeSetsAsync(others, cancellationToken) : new Dictionary<(int, long), string>())
        {
            sets.Add(key, json);
        }

        var outer = NestedCalls.FindOuter(calls, sets);
        return outer.Count > 0 ? await RepeatAsync(transaction, await transaction.MarkRepeatsAsync(outer, cancellationToken), sets, summaries, cancellationToken) : 0;
    }

    // Sums up that rows have turned into repeats.
    private static async Task<int> RepeatAsync(
        ITelemetryTransaction transaction, IReadOnlyList<MessageRow> rows, Dictionary<(int System, long Key), string> sets, SummaryDeltas summaries,
        CancellationToken cancellationToken)
    {
        var unknown = rows.Where(row => !summaries.Knows(row)).Select(static row => (row.SystemKey, row.AttributeSetKey)).Distinct().Where(key => !sets.ContainsKey(key)).ToList();
        foreach (var (key, json) in unknown.Count > 0 ? await transaction.LoadAttributeSetsAsync(unknown, cancellationToken) : new Dictionary<(int, long), string>())
        {
            sets.Add(key, json);
        }

        foreach (var row in rows)
        {
            summaries.Repeat(row, sets.GetValueOrDefault((row.SystemKey, row.AttributeSetKey)));
        }

        return rows.Count;
    }

    private List<SharedSet> UnknownSets(IEnumerable<Message> messages, IReadOnlyList<MetricPoint> points, DateTime now)
    {
        var unknown = new SortedDictionary<(int System, long Key), SharedSet>();
        foreach (var message in messages)
        {
            Note(message.SystemKey, message.Attributes, message.ExpiresAt);
        }

        foreach (var point in points)
        {
            Note(point.SystemKey, point.Attributes, point.ExpiresAt);
        }

        return [.. unknown.Values];

        void Note(int system, AttributeSet set, DateTime? expiresAt)
        {
            if (!_knownSets.Covers((system, set.Key), expiresAt, now))
            {
                var keptUntil = SharedExpiry.Noted(expiresAt, now);
                unknown[(system, set.Key)] = new(system, set, unknown.TryGetValue((system, set.Key), out var other) ? SharedExpiry.Later(keptUntil, other.KeptUntil) : keptUntil);
            }
        }
    }

    private List<MetricSeriesRow> UnknownSeries(IReadOnlyList<MetricPoint> points, KnownNames names, DateTime now)
    {
        var unknown = new SortedDictionary<(int System, long Key), MetricSeriesRow>();
        foreach (var point in points)
        {
            var key = (point.SystemKey, point.SeriesKey);
            if (!_knownSeries.Covers(key, point.ExpiresAt, now))
            {
                var series = MetricRows.ToSeries(point, names);
                var keptUntil = SharedExpiry.Noted(point.ExpiresAt, now);
                series.ExpiresAt = unknown.TryGetValue(key, out var other) ? SharedExpiry.Later(keptUntil, other.ExpiresAt) : keptUntil;
                unknown[key] = series;
            }
        }

        return [.. unknown.Values];
    }
}
