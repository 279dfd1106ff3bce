using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Ingest.Senders;
using ActivityLog.Ingest.Tokens;

namespace ActivityLog.Ingest.Monitoring;

/// <summary>What is learned of each request that is durable: how much came, with which token, and who sent it.</summary>
internal sealed class StoredRequests(IngestMonitor monitor, TokenUseLog uses, SenderLog senders)
{
    /// <param name="sender">The token it came with.</param>
    /// <param name="address">Where it came from; null where that isn't known.</param>
    /// <param name="signal">What it held.</param>
    /// <param name="mapped">What it turned into.</param>
    /// <param name="bytes">Its size, decompressed.</param>
    public void Count(SendingSystem sender, string? address, OtlpSignal signal, MappedTelemetry mapped, long bytes)
    {
        monitor.CountRequest(signal, mapped.RecordCount);
        uses.Add(sender, address, mapped.RecordCount, bytes);
        senders.Add(sender, address, signal, mapped);
    }
}
