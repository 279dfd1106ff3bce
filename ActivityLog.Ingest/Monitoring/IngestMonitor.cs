using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Spool;

namespace ActivityLog.Ingest.Monitoring;

/// <summary>
/// Watches how ingest goes on this node: the last quarter of an hour, in memory, in bounded space. Counting takes no lock. The same is told to monitoring systems
/// by the meter <see cref="MeterName"/>. Safe to call from many threads.
/// </summary>
public sealed class IngestMonitor : IDisposable
{
    /// <summary>Name of the meter whose instruments tell the same.</summary>
    public const string MeterName = IngestMeter.Name;

    private const int KeptSeconds = 15 * 60;
    private const int PointSeconds = 10;
    private const int MaxReasonLength = 500;
    private static readonly TimeSpan s_latencyPeriod = TimeSpan.FromSeconds(PointSeconds);

    private readonly TimeProvider _clock;
    private readonly TimeRing<IngestSecond> _seconds;
    private readonly TimeRing<DurationHistogram> _latencies;
    private readonly TimeRing<DurationHistogram> _commitTimes;
    private readonly IngestMeter _meter;
    private Func<QueueLevel> _queue = static () => QueueLevel.None;
    private Func<SpoolState> _spool = static () => SpoolState.Off;
    private long _lastCommitAt;
    private StoreFailure? _lastFailure;

    /// <summary>Begins to count.</summary>
    public IngestMonitor(TimeProvider clock)
    {
        _clock = clock;
        Since = clock.GetUtcNow().UtcDateTime;
        // One more than is shown: the second that has begun.
        _seconds = new(TimeSpan.FromSeconds(1), KeptSeconds + 1, clock);
        _latencies = new(s_latencyPeriod, 60 / PointSeconds + 1, clock);
        _commitTimes = new(s_latencyPeriod, 60 / PointSeconds + 1, clock);
        _meter = new(() => _queue(), () => _spool());
    }

    /// <summary>When this node began to count, UTC.</summary>
    public DateTime Since { get; }

    /// <summary>How it goes now.</summary>
    public IngestSnapshot Read()
    {
        var now = _seconds.Now;
        var minute = _seconds.Between(now - 59, now).ToList();
        var all = _seconds.Between(now - KeptSeconds, now).ToList();
        var last = Volatile.Read(ref _lastCommitAt);
        return new IngestSnapshot
        {
            At = _clock.GetUtcNow().UtcDateTime,
            Since = Since,
            Records = RecordsAt(now),
            Requests = RatesOf(_seconds.Between(now - PointSeconds + 1, now), static (second, signal) => second.Requests(signal)),
            History = [.. Enumerable.Range(1, KeptSeconds / PointSeconds).Select(point => RecordsAt(now - KeptSeconds + point * PointSeconds))],
            RecentRecords = all.Sum(static second => second.Records(OtlpSignal.Logs) + second.Records(OtlpSignal.Traces) + second.Records(OtlpSignal.Metrics)),
            RecentRefusals = all.Sum(static second => second.Refusals),
            Latency = LastMinute(_latencies),
            CommitTime = LastMinute(_commitTimes),
            Commits = minute.Sum(static second => second.Commits),
            CommittedRows = minute.Sum(static second => second.Rows),
            LastCommitAt = last == 0 ? null : new DateTime(last, DateTimeKind.Utc),
            Queue = _queue(),
            Spool = _spool(),
            LastFailure = Volatile.Read(ref _lastFailure),
        };
    }

    /// <summary>Says who knows what waits to be stored.</summary>
    public void WatchQueue(Func<QueueLevel> read) => _queue = read;

    /// <summary>Says who knows what waits on the disk.</summary>
    public void WatchSpool(Func<SpoolState> read) => _spool = read;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Counts a request that was stored.</summary>
    internal void CountRequest(OtlpSignal signal, long records)
    {
        _seconds.Current.CountRequest(signal, records);
        _meter.CountRequest(signal, records);
    }

    /// <summary>Counts an answer, whichever it was.</summary>
    internal void CountAnswer(int statusCode, TimeSpan duration)
    {
        _latencies.Current.Count(duration);
        _meter.CountAnswer(statusCode, duration);
    }

    /// <summary>Counts requests, or records of one, that were refused.</summary>
    internal void CountRefusals(int statusCode, long count)
    {
        _seconds.Current.CountRefusals(count);
        _meter.CountRefusals(statusCode, count);
    }

    /// <summary>Counts a commit.</summary>
    internal void CountCommit(long rows, TimeSpan duration)
    {
        _seconds.Current.CountCommit(rows);
        _commitTimes.Current.Count(duration);
        Volatile.Write(ref _lastCommitAt, _clock.GetUtcNow().UtcTicks);
        _meter.CountCommit(rows, duration);
    }

    /// <summary>Counts a write that the database didn't take.</summary>
    internal void CountFailure(Exception exception)
    {
        // What the engine said is inside what the store made of it.
        var reason = BodyText.Cut(exception.GetBaseException().Message, MaxReasonLength, out var cut) + (cut ? "…" : "");
        Volatile.Write(ref _lastFailure, new(_clock.GetUtcNow().UtcDateTime, reason, exception is StoreUnavailableException));
        _meter.CountFailure();
    }

    private static SignalRates RatesOf(IEnumerable<IngestSecond> seconds, Func<IngestSecond, OtlpSignal, long> count)
    {
        long logs = 0, traces = 0, metrics = 0;
        foreach (var second in seconds)
        {
            logs += count(second, OtlpSignal.Logs);
            traces += count(second, OtlpSignal.Traces);
            metrics += count(second, OtlpSignal.Metrics);
        }

        return new((double)logs / PointSeconds, (double)traces / PointSeconds, (double)metrics / PointSeconds);
    }

    private static DurationPercentiles? LastMinute(TimeRing<DurationHistogram> ring)
    {
        var now = ring.Now;
        return DurationHistogram.Percentiles(ring.Between(now - 60 / PointSeconds, now));
    }

    // Over the seconds that end with this one.
    private SignalRates RecordsAt(long second) =>
        RatesOf(_seconds.Between(second - PointSeconds + 1, second), static (counted, signal) => counted.Records(signal));
}
