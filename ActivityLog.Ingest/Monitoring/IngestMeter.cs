using System.Diagnostics.Metrics;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Spool;

namespace ActivityLog.Ingest.Monitoring;

/// <summary>What monitoring systems read of ingest: the instruments of the meter <see cref="Name"/>. Without a listener each costs next to nothing.</summary>
internal sealed class IngestMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "ActivityLog";

    private const string Signal = "signal";
    private const string StatusCode = "http.response.status_code";
    private static readonly object[] s_signals = ["logs", "traces", "metrics"];

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _requests;
    private readonly Counter<long> _records;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<long> _commitRows;

    public IngestMeter(Func<QueueLevel> queue, Func<SpoolState> spool)
    {
        _requests = _meter.CreateCounter<long>("activitylog.ingest.requests", "{request}", "Requests that were stored, by signal.");
        _records = _meter.CreateCounter<long>("activitylog.ingest.records", "{record}", "Log records, spans and data points of requests that were stored, by signal.");
        _refusals = _meter.CreateCounter<long>("activitylog.ingest.refusals", "{refusal}", "Requests that were refused, and records refused while their neighbours were stored (200).");
        _failures = _meter.CreateCounter<long>("activitylog.ingest.store.failures", "{failure}", "Writes that the database didn't take.");
        _duration = _meter.CreateHistogram<double>("activitylog.ingest.request.duration", "s", "From the first byte of a request to its answer.");
        _commitDuration = _meter.CreateHistogram<double>("activitylog.ingest.commit.duration", "s", "How long a commit took.");
        _commitRows = _meter.CreateHistogram<long>("activitylog.ingest.commit.rows", "{row}", "Rows that one commit stored.");
        _meter.CreateObservableGauge("activitylog.ingest.queue.rows", () => queue().Rows, "{row}", "Rows that wait or are being stored.");
        _meter.CreateObservableGauge("activitylog.ingest.queue.bytes", () => queue().Bytes, "By", "Bytes of the requests that wait or are being stored.");
        _meter.CreateObservableGauge("activitylog.ingest.queue.age", () => queue().OldestAge?.TotalSeconds ?? 0, "s", "How long the oldest row has waited.");
        _meter.CreateObservableGauge("activitylog.ingest.spool.requests", () => spool().Requests, "{request}", "Requests that wait on the disk for the database.");
        _meter.CreateObservableGauge("activitylog.ingest.spool.bytes", () => spool().Bytes, "By", "Bytes that wait on the disk for the database.");
        _meter.CreateObservableGauge("activitylog.ingest.spool.set_aside", () => spool().SetAside, "{file}", "Files of requests that couldn't be stored, for a person to look at.");
    }

    public void CountRequest(OtlpSignal signal, long records)
    {
        var tag = new KeyValuePair<string, object?>(Signal, s_signals[(int)signal]);
        _requests.Add(1, tag);
        _records.Add(records, tag);
    }

    public void CountAnswer(int statusCode, TimeSpan duration)
    {
        if (_duration.Enabled)
        {
            _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(StatusCode, statusCode));
        }
    }

    public void CountRefusals(int statusCode, long count)
    {
        if (_refusals.Enabled)
        {
            _refusals.Add(count, new KeyValuePair<string, object?>(StatusCode, statusCode));
        }
    }

    public void CountCommit(long rows, TimeSpan duration)
    {
        _commitDuration.Record(duration.TotalSeconds);
        _commitRows.Record(rows);
    }

    public void CountFailure() => _failures.Add(1);

    public void Dispose() => _meter.Dispose();
}
