using ActivityLog.Ingest.Otlp;

namespace ActivityLog.Ingest.Monitoring;

/// <summary>What came within one second.</summary>
internal sealed class IngestSecond
{
    private const int Signals = 3;

    private readonly long[] _requests = new long[Signals];
    private readonly long[] _records = new long[Signals];
    private long _refusals;
    private long _commits;
    private long _rows;

    public long Refusals => Interlocked.Read(ref _refusals);

    public long Commits => Interlocked.Read(ref _commits);

    public long Rows => Interlocked.Read(ref _rows);

    public long Requests(OtlpSignal signal) => Interlocked.Read(ref _requests[(int)signal]);

    public long Records(OtlpSignal signal) => Interlocked.Read(ref _records[(int)signal]);

    public void CountRequest(OtlpSignal signal, long records)
    {
        Interlocked.Increment(ref _requests[(int)signal]);
        Interlocked.Add(ref _records[(int)signal], records);
    }

    public void CountRefusals(long count) => Interlocked.Add(ref _refusals, count);

    public void CountCommit(long rows)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _rows, rows);
    }
}
