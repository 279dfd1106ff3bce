using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Ingest.Otlp.Queue;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>Makes a request durable: in the database, or in the spool while the database is away or doesn't answer in time.</summary>
internal sealed class RequestStore(IngestQueue queue, Spool spool, DatabaseState database)
{
    /// <summary>Returns once the request is durable, or won't be.</summary>
    /// <param name="request">The request; its content isn't needed afterwards.</param>
    /// <param name="mapped">What it turned into.</param>
    public async Task<IngestAnswer> StoreAsync(ReceivedRequest request, MappedTelemetry mapped)
    {
        var batch = request.ToBatch(mapped);
        var answer = database.IsAway && batch.Count > 0
            ? IngestOutcome.Unavailable
            : await queue.AppendAsync(batch, request.WeightOf(mapped), spool.IsOn);
        if (!spool.IsOn || answer.Outcome is not (IngestOutcome.Unavailable or IngestOutcome.TimedOut))
        {
            return answer;
        }

        return await spool.AppendAsync(request) ? IngestOutcome.Stored : IngestOutcome.SpoolFull;
    }
}
