using System.Runtime.InteropServices;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Storage;

/// <summary>
/// What several requests brought, each thing once, in the order of the keys: the order in which all writers take their locks.
/// </summary>
internal sealed class TelemetryFold
{
    private readonly Dictionary<(int System, MessageKey Key), (Message Message, int BodyCharacters)> _messages = [];
    private readonly HashSet<MetricPoint> _points = new(MetricPointIdentity.Instance);
    private readonly SortedDictionary<int, TokenUse> _tokens = [];

    public static TelemetryFold Of(IReadOnlyList<TelemetryBatch> batches)
    {
        var fold = new TelemetryFold();
        foreach (var batch in batches)
        {
            fold.Add(batch);
        }

        fold.Messages = [.. fold._messages.Values.OrderBy(static m => m.Message.SystemKey).ThenBy(static m => m.Message.Key.Session).ThenBy(static m => m.Message.Key.Call)];
        fold.Points = [.. fold._points.OrderBy(static p => p.SystemKey).ThenBy(static p => p.SeriesKey).ThenBy(static p => p.OccurredAt)];
        return fold;
    }

    public IReadOnlyList<(Message Message, int BodyCharacters)> Messages { get; private set; } = [];

    public IReadOnlyList<MetricPoint> Points { get; private set; } = [];

    /// <summary>What came with each token, by its number.</summary>
    public IReadOnlyDictionary<int, TokenUse> Tokens => _tokens;

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
            slot = exists ? (MessageMerge.Merge(slot.Message, message, batch.BodyCharacters), batch.BodyCharacters) : (message, batch.BodyCharacters);
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
