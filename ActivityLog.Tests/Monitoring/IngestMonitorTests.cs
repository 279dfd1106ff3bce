using System.Diagnostics.Metrics;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Spool;
using Microsoft.Extensions.Time.Testing;

namespace ActivityLog.Tests.Monitoring;

public sealed class IngestMonitorTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly IngestMonitor _monitor;

    public IngestMonitorTests() => _monitor = new(_clock);

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public void Read_NothingYet_IsCalm()
    {
        var read = _monitor.Read();

        read.Records.Total.ShouldBe(0);
        read.History.Count.ShouldBe(90);
        read.History.ShouldAllBe(static point => point.Total == 0);
        read.Latency.ShouldBeNull();
        read.LastCommitAt.ShouldBeNull();
        read.LastFailure.ShouldBeNull();
        read.IsFailing.ShouldBeFalse();
        read.Queue.OldestAge.ShouldBeNull();
        read.Spool.IsOn.ShouldBeFalse();
    }

    [Fact]
    public void Read_RequestsOfSeveralSignals_TellsEachByTheSecond()
    {
        _monitor.CountRequest(OtlpSignal.Logs, 30);
        _clock.Advance(TimeSpan.FromSeconds(3));
        _monitor.CountRequest(OtlpSignal.Logs, 20);
        _monitor.CountRequest(OtlpSignal.Metrics, 7);

        var read = _monitor.Read();

        read.Records.ShouldBe(new SignalRates(5, 0, 0.7));
        read.Requests.ShouldBe(new SignalRates(0.2, 0, 0.1));
        read.History[^1].ShouldBe(read.Records);
        read.RecentRecords.ShouldBe(57);
    }

    [Fact]
    public void Read_AQuarterOfAnHourLater_HasForgotten()
    {
        _monitor.CountRequest(OtlpSignal.Traces, 10);
        _monitor.CountRefusals(401, 3);
        _clock.Advance(TimeSpan.FromMinutes(14));
        _monitor.Read().History.Sum(static point => point.Traces).ShouldBe(1);
        _monitor.Read().Records.Total.ShouldBe(0);
        _monitor.Read().RecentRefusals.ShouldBe(3);

        _clock.Advance(TimeSpan.FromMinutes(2));

        var read = _monitor.Read();
        read.RecentRecords.ShouldBe(0);
        read.RecentRefusals.ShouldBe(0);
        read.History.ShouldAllBe(static point => point.Total == 0);
    }

    [Fact]
    public void Read_AHundredAnswers_PercentilesAreWithinAFewPercent()
    {
        foreach (var milliseconds in Enumerable.Range(1, 100))
        {
            _monitor.CountAnswer(200, TimeSpan.FromMilliseconds(milliseconds));
        }

        var latency = _monitor.Read().Latency.ShouldNotBeNull();

        latency.P50.ShouldBe(50, 2.5);
        latency.P95.ShouldBe(95, 5);
        latency.P99.ShouldBe(99, 5);
    }

    [Fact]
    public void CountAnswer_ShorterAndLongerThanAnyBucket_IsCounted()
    {
        _monitor.CountAnswer(200, TimeSpan.Zero);
        _monitor.CountAnswer(503, TimeSpan.FromHours(1));

        _monitor.Read().Latency!.P50.ShouldBe(0.1);
        _monitor.Read().Latency!.P99.ShouldBeGreaterThan(60_000);
    }

    [Fact]
    public void CountFailure_UntilTheNextCommit_IsFailing()
    {
        _monitor.CountFailure(new StoreUnavailableException("The database can't be reached.", new InvalidOperationException("disk full")));
        _clock.Advance(TimeSpan.FromSeconds(1));

        var failing = _monitor.Read();
        failing.IsFailing.ShouldBeTrue();
        failing.LastFailure.ShouldBe(new StoreFailure(failing.At.AddSeconds(-1), "disk full", true));

        _monitor.CountCommit(5, TimeSpan.FromMilliseconds(3));

        var mended = _monitor.Read();
        mended.IsFailing.ShouldBeFalse();
        mended.LastFailure.ShouldNotBeNull();
        mended.LastCommitAt.ShouldBe(mended.At);
        (mended.Commits, mended.CommittedRows).ShouldBe((1, 5));
    }

    [Fact]
    public void Meter_WhatIsCounted_IsTold()
    {
        using var other = new IngestMonitor(_clock);
        other.WatchQueue(static () => new QueueLevel(12, 3_400, TimeSpan.FromSeconds(2), 100, 1_000));
        other.WatchSpool(static () => new SpoolState(true, true, 5_600, 10_000, 34, null, 2, null, null));
        var told = new List<(string Name, double Value, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == IngestMonitor.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();

        other.CountRequest(OtlpSignal.Traces, 41);
        other.CountAnswer(200, TimeSpan.FromSeconds(0.25));
        other.CountRefusals(401, 2);
        listener.RecordObservableInstruments();

        listener.Dispose();
        told.ShouldContain(("activitylog.ingest.requests", 1, "signal=traces"));
        told.ShouldContain(("activitylog.ingest.records", 41, "signal=traces"));
        told.ShouldContain(("activitylog.ingest.request.duration", 0.25, "http.response.status_code=200"));
        told.ShouldContain(("activitylog.ingest.refusals", 2, "http.response.status_code=401"));
        told.ShouldContain(("activitylog.ingest.queue.rows", 12, ""));
        told.ShouldContain(("activitylog.ingest.queue.age", 2, ""));
        told.ShouldContain(("activitylog.ingest.spool.requests", 34, ""));
        told.ShouldContain(("activitylog.ingest.spool.bytes", 5_600, ""));
        told.ShouldContain(("activitylog.ingest.spool.set_aside", 2, ""));

        // Other servers of this process count with meters of the same name, from their own threads.
        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = string.Join(',', tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}"));
            lock (told)
            {
                told.Add((instrument.Name, value, text));
            }
        }
    }
}
