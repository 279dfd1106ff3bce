using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Storage;

/// <summary>The write path: the same steps on both engines, each engine's transaction doing them its own way.</summary>
internal abstract class TelemetryStore(NameStore names) : ITelemetryStore
{
    private const int Attempts = 6;

    // After this many conflicts a System's writers go one after the other.
    private const int AttemptsBesideOthers = 3;

    private readonly KnownRows<SessionRef> _sessionsWithEvents = new();
    private readonly KnownRows<(int System, long Key)> _knownSets = new();
    private readonly KnownRows<(int System, long Key)> _knownSeries = new();

    /// <inheritdoc/>
    public Task<TelemetryAppended> AppendAsync(IReadOnlyList<TelemetryBatch> batches, CancellationToken cancellationToken) =>
        StoreErrors.GuardAsync(() => AppendOnceAsync(TelemetryFold.Of(batches), cancellationToken));

    /// <summary>Begins a transaction.</summary>
    /// <param name="aloneIn">Systems in which no other writer that asks for the same may write meanwhile.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    protected abstract Task<ITelemetryTransaction> BeginAsync(IReadOnlyList<int> aloneIn, CancellationToken cancellationToken);

    private async Task<TelemetryAppended> AppendOnceAsync(TelemetryFold fold, CancellationToken cancellationToken)
    {
        await names.LearnAsync(fold.Messages.SelectMany(static m => MessageColumns.NamesOf(m.Message)).Concat(fold.Points.SelectMany(MetricRows.NamesOf)), cancellationToken);
        _sessionsWithEvents.Forget();
        _knownSets.Forget();
        _knownSeries.Forget();
        var systems = fold.Messages.Select(static m => m.Message.SystemKey).Concat(fold.Points.Select(static p => p.SystemKey)).Distinct().Order().ToList();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteAsync(fold, attempt > AttemptsBesideOthers ? systems : [], systems, cancellationToken);
            }
            catch (WriteConflictException) when (attempt < Attempts)
            {
                // Rolled back: what the other writer stored is found the next time.
            }
        }
    }

    private async Task<TelemetryAppended> WriteAsync(TelemetryFold fold, IReadOnlyList<int> aloneIn, List<int> systems, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(aloneIn, cancellationToken);
        var (marked, withEvents, repeats) = await LockSessionsAsync(transaction, fold, cancellationToken);
        var toldTwice = fold.Messages.Where(static m => CallForms.MayBeToldTwice(m.Message))
            .Select(static m => new SessionRef(m.Message.SystemKey, m.Message.Key.Session)).Distinct().Order().ToList();
        await transaction.LockTracesAsync(toldTwice, cancellationToken);
        var (inserts, updates) = await SortAsync(transaction, fold, cancellationToken);

        var newSets = UnknownSets(inserts.Concat(updates), fold.Points);
        await transaction.AddAttributeSetsAsync(newSets, cancellationToken);
        await transaction.InsertAsync([.. inserts.Select(m => ToRow(m, repeats))], cancellationToken);
        await transaction.UpdateAsync([.. updates.Select(m => ToRow(m, repeats))], cancellationToken);

        var turned = marked.Count > 0 ? await transaction.MarkSessionsAsync(marked, cancellationToken) : 0;
        turned += toldTwice.Count > 0 && inserts.Count + updates.Count > 0 ? await MarkNestedAsync(transaction, toldTwice, cancellationToken) : 0;

        var newSeries = UnknownSeries(fold.Points);
        await transaction.AddSeriesAsync(newSeries, cancellationToken);
        var newPoints = fold.Points.Count > 0 ? await transaction.AddPointsAsync(fold.Points, cancellationToken) : 0;

        foreach (var use in fold.Tokens.Values)
        {
            use.NewMessages = 0;
        }

        foreach (var message in inserts)
        {
            fold.Tokens[message.TokenKey].NewMessages++;
        }

        await transaction.CountTokensAsync(fold.Tokens, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        // What is remembered must be true of the database: only now is it.
        foreach (var session in withEvents)
        {
            _sessionsWithEvents.Add(session.Session, session.KeptUntil);
        }

        foreach (var (system, set, keptUntil) in newSets)
        {
            _knownSets.Add((system, set.Key), keptUntil);
        }

        foreach (var series in newSeries)
        {
            _knownSeries.Add((series.SystemKey, series.SeriesKey), series.ExpiresAt);
        }

        return new TelemetryAppended(inserts.Count, updates.Count + turned, newPoints, systems);
    }

    // The type isn't changed in the message: a transaction that fails leaves it as it came.
    private MessageRow ToRow(Message message, HashSet<MessageKey> repeats)
    {
        var row = MessageColumns.ToRow(message, names);
        row.Type = repeats.Contains(message.Key) && CallForms.IsSpanWithoutId(message) ? MessageType.Repeat : row.Type;
        return row;
    }

    // Locks the sessions in which it matters which form of a call counts (DESIGN 5, rule 2), and tells which of the spans that came don't count.
    private async Task<(List<SessionRef> Marked, List<SharedSession> WithEvents, HashSet<MessageKey> Repeats)> LockSessionsAsync(
        ITelemetryTransaction transaction, TelemetryFold fold, CancellationToken cancellationToken)
    {
        var concerned = new SortedDictionary<SessionRef, SharedSession>();
        var withEvents = new HashSet<SessionRef>();
        foreach (var (message, _) in fold.Messages)
        {
            var session = new SessionRef(message.SystemKey, message.Key.Session);
            if (message.SessionId is null || _sessionsWithEvents.Covers(session, message.ExpiresAt))
            {
                continue;
            }

            var isEvent = CallForms.IsAgentEvent(message);
            if (isEvent)
            {
                withEvents.Add(session);
            }

            if (isEvent || CallForms.IsSpanWithoutId(message))
            {
                var keptUntil = SharedExpiry.Noted(message.ExpiresAt);
                concerned[session] = new(session, message.SessionId, concerned.TryGetValue(session, out var other) ? SharedExpiry.Later(keptUntil, other.KeptUntil) : keptUntil);
            }
        }

        IReadOnlySet<SessionRef> known = concerned.Count > 0
            ? await transaction.LockSessionsAsync([.. concerned.Values], cancellationToken)
            : new HashSet<SessionRef>();
        var repeats = new HashSet<MessageKey>();
        foreach (var (message, _) in fold.Messages.Where(static m => CallForms.IsSpanWithoutId(m.Message)))
        {
            var session = new SessionRef(message.SystemKey, message.Key.Session);
            if (_sessionsWithEvents.Contains(session) || known.Contains(session) || withEvents.Contains(session))
            {
                repeats.Add(message.Key);
            }
        }

        return ([.. withEvents.Where(s => !known.Contains(s)).Order()], [.. concerned.Values.Where(s => withEvents.Contains(s.Session) || known.Contains(s.Session))], repeats);
    }

    private async Task<(List<Message> Inserts, List<Message> Updates)> SortAsync(
        ITelemetryTransaction transaction, TelemetryFold fold, CancellationToken cancellationToken)
    {
        var found = fold.Messages.Count > 0
            ? await transaction.FindAsync([.. fold.Messages.Select(static m => m.Message)], cancellationToken)
            : new Dictionary<(int, MessageKey), MessageRank>();
        var inserts = new List<Message>(fold.Messages.Count - found.Count);
        var adding = new Dictionary<(int System, MessageKey Key), (Message Message, int BodyCharacters)>();
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

        return (inserts, adding.Count == 0 ? [] : await MergeAsync(transaction, adding, cancellationToken));
    }

    private async Task<List<Message>> MergeAsync(
        ITelemetryTransaction transaction, Dictionary<(int System, MessageKey Key), (Message Message, int BodyCharacters)> adding, CancellationToken cancellationToken)
    {
        var rows = await transaction.LoadAsync([.. adding.Keys], cancellationToken);
        if (rows.Count != adding.Count)
        {
            // Another writer replaced or deleted a row between the look and the lock.
            throw new WriteConflictException();
        }

        await names.LearnAsync(rows.SelectMany(MessageColumns.NameIdsOf), cancellationToken);
        var sets = await transaction.LoadAttributeSetsAsync([.. rows.Select(static r => (r.SystemKey, r.AttributeSetKey)).Distinct()], cancellationToken);
        var updates = new List<Message>(rows.Count);
        foreach (var row in rows)
        {
            var kept = MessageColumns.ToMessage(row, names, sets[(row.SystemKey, row.AttributeSetKey)]);
            var (incoming, bodyCharacters) = adding[(row.SystemKey, kept.Key)];
            // Looked at again now that it is locked: another writer may have added the same since.
            if (MessageMerge.Adds(MessageRank.Of(kept), MessageRank.Of(incoming)))
            {
                updates.Add(MessageMerge.Merge(kept, incoming, bodyCharacters));
            }
        }

        return updates;
    }

    private static async Task<int> MarkNestedAsync(ITelemetryTransaction transaction, List<SessionRef> sessions, CancellationToken cancellationToken)
    {
        var calls = await transaction.ListTracedCallsAsync(sessions, cancellationToken);
        if (calls.Count == 0)
        {
            return 0;
        }

        var sets = await transaction.LoadAttributeSetsAsync([.. calls.Select(static c => (c.System, c.AttributeSetKey)).Distinct()], cancellationToken);
        var outer = NestedCalls.FindOuter(calls, sets);
        if (outer.Count > 0)
        {
            await transaction.MarkRepeatsAsync(outer, cancellationToken);
        }

        return outer.Count;
    }

    private List<SharedSet> UnknownSets(IEnumerable<Message> messages, IReadOnlyList<MetricPoint> points)
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
            if (!_knownSets.Covers((system, set.Key), expiresAt))
            {
                var keptUntil = SharedExpiry.Noted(expiresAt);
                unknown[(system, set.Key)] = new(system, set, unknown.TryGetValue((system, set.Key), out var other) ? SharedExpiry.Later(keptUntil, other.KeptUntil) : keptUntil);
            }
        }
    }

    private List<MetricSeriesRow> UnknownSeries(IReadOnlyList<MetricPoint> points)
    {
        var unknown = new SortedDictionary<(int System, long Key), MetricSeriesRow>();
        foreach (var point in points)
        {
            var key = (point.SystemKey, point.SeriesKey);
            if (!_knownSeries.Covers(key, point.ExpiresAt))
            {
                var series = MetricRows.ToSeries(point, names);
                series.ExpiresAt = unknown.TryGetValue(key, out var other) ? SharedExpiry.Later(series.ExpiresAt, other.ExpiresAt) : series.ExpiresAt;
                unknown[key] = series;
            }
        }

        return [.. unknown.Values];
    }
}
