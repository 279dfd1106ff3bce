using System.Runtime.InteropServices;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Storage;

/// <summary>
/// What several requests brought, each thing once, in the order of the keys: the order in which all writers take their locks.
/// </summary>
internal sealed class TelemetryFold
{
    private readonly Dictionary<(int System, MessageKey Key), FoldedMessage> _messages = [];
    private readonly HashSet<MetricPoint> _points = new(MetricPointIdentity.Instance);
    private readonly SortedDictionary<int, TokenUse> _tokens = [];

    public static TelemetryFold Of(IReadOnlyList<TelemetryBatch> batches)
    {
        var fold = new TelemetryFold();
        foreach (var batch in batches)
        {
            fold.Add(batch);
        }

        var messages = fold._messages.Values.ToArray();
        Array.Sort(messages, ByKey);
        fold.Messages = messages;
        fold.Points = [.. fold._points.OrderBy(static p => p.SystemKey).ThenBy(static p => p.SeriesKey).ThenBy(static p => p.OccurredAt)];
        return fold;
    }

    public IReadOnlyList<FoldedMessage> Messages { get; private set; } = [];

    public IReadOnlyList<MetricPoint> Points { get; private set; } = [];

    /// <summary>The numbers of the names in it, once they are learned.</summary>
    public KnownNames Names { get; set; } = new();

    /// <summary>What came with each token, by its number.</summary>
    public IReadOnlyDictionary<int, TokenUse> Tokens => _tokens;

    /// <summary>Counts the messages that are new by each token; an attempt that failed has counted others.</summary>
    public void CountNew(IReadOnlyList<Message> inserts)
    {
        foreach (var use in _tokens.Values)
        {
            use.NewMessages = 0;
        }

        foreach (var message in inserts)
        {
            _tokens[message.TokenKey].NewMessages++;
        }
    }

    private static int ByKey(FoldedMessage one, FoldedMessage other)
    {
        var (a, b) = (one.Message, other.Message);
        var order = a.SystemKey.CompareTo(b.SystemKey);
        order = order != 0 ? order : a.Key.Session.CompareTo(b.Key.Session);
        return order != 0 ? order : a.Key.Call.CompareTo(b.Key.Call);
    }

    private void Add(TelemetryBatch batch)
    {
        if (!_tokens.TryGetValue(batch.TokenKey, out var use))
        {
            _tokens[batch.TokenKey] = use = new TokenUse();
        }

        foreach (var message in batch.Messages)
        {
            use.Count(message);
            ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_messages, (message.SystemKey, message.Key), out var exists);
            slot = new(exists ? MessageMerge.Merge(slot.Message, message, batch.BodyCharacters) : message, batch.BodyCharacters);
        }

        foreach (var point in batch.Points)
        {
            use.Count(point);
            _points.Add(point);
        }
    }

    private sealed class MetricPointIdentity : IEqualityComparer<MetricPoint>
    {
        public static MetricPointIdentity Instance { get; } = new();

        public bool Equals(MetricPoint? x, MetricPoint? y) => x is null || y is null ? ReferenceEquals(x, y) : Of(x) == Of(y);

        public int GetHashCode(MetricPoint point) => Of(point).GetHashCode();

        // Times as precise as they are kept, so that what is one row in the database is one here.
        private static (int, long, long, long, double) Of(MetricPoint point) =>
            (point.SystemKey, point.SeriesKey, UnixMicroseconds.From(point.OccurredAt), UnixMicroseconds.From(point.StartedAt), point.Value);
    }
}
