using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Faults;

/// <summary>What was sent, by the rows that it makes. What wasn't acknowledged may be there or not.</summary>
internal sealed class SentRows
{
    private const int BodyCharacters = 4096;

    private readonly Dictionary<MessageKey, List<(Message Report, bool IsAcknowledged)>> _messages = [];
    private readonly Dictionary<(long Series, long OccurredAt, long StartedAt, double Value), bool> _points = [];

    public SentRows(IEnumerable<SentRequest> requests, int systemKey)
    {
        foreach (var request in requests)
        {
            var mapped = RecordingClient.Map(request, systemKey);
            foreach (var message in mapped.Messages)
            {
                _messages.TryAdd(message.Key, []);
                _messages[message.Key].Add((message, request.IsAcknowledged));
            }

            foreach (var point in mapped.Points)
            {
                var key = (point.SeriesKey, UnixMicroseconds.From(point.OccurredAt), UnixMicroseconds.From(point.StartedAt), point.Value);
                _points[key] = request.IsAcknowledged || _points.GetValueOrDefault(key);
            }
        }
    }

    /// <summary>All messages, with their reports.</summary>
    public IReadOnlyCollection<KeyValuePair<MessageKey, List<(Message Report, bool IsAcknowledged)>>> Messages => _messages;

    /// <summary>All metric points.</summary>
    public IReadOnlyCollection<(long Series, long OccurredAt, long StartedAt, double Value)> Points => _points.Keys;

    /// <summary>Those that must be there.</summary>
    public IEnumerable<(long Series, long OccurredAt, long StartedAt, double Value)> AcknowledgedPoints => _points.Where(static point => point.Value).Select(static point => point.Key);

    /// <summary>The calls of which several requests tell.</summary>
    public int Joined => _messages.Count(static message => message.Value.Count > 1);

    /// <summary>The parts of a row that were sent.</summary>
    public MessageParts PartsOf(MessageKey key, bool isAcknowledged) => _messages.GetValueOrDefault(key, [])
        .Where(report => report.IsAcknowledged || !isAcknowledged).Aggregate(default(MessageParts), static (parts, report) => parts | report.Report.Parts);

    /// <summary>Whether a row tells what was sent of it: all that was acknowledged, and any of the rest.</summary>
    public bool MayBe(MessageKey key, ToldCall told)
    {
        var reports = _messages.GetValueOrDefault(key, []).ToLookup(static report => report.IsAcknowledged, static report => report.Report);
        var (surely, perhaps) = (reports[true].ToList(), reports[false].ToList());
        return Enumerable.Range(0, 1 << perhaps.Count)
            .Select(chosen => surely.Concat(perhaps.Where((_, i) => (chosen >> i & 1) == 1)).ToList())
            .Any(chosen => chosen.Count > 0 && ToldCall.Of(chosen.Aggregate(static (one, other) => MessageMerge.Merge(one, other, BodyCharacters))) == told);
    }

    /// <summary>What was sent of a row, as text.</summary>
    public string Describe(MessageKey key) =>
        string.Join("; ", _messages.GetValueOrDefault(key, []).Select(static report => $"{ToldCall.Of(report.Report)}{(report.IsAcknowledged ? "" : " (not acknowledged)")}"));
}
