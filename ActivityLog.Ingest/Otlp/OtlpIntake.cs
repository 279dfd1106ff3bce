using System.Net;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Ingest.Otlp.Queue;
using ActivityLog.Ingest.Otlp.Spool;
using ActivityLog.Ingest.Tokens;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp;

/// <summary>Takes what a request holds, whatever brought it: decode, map, store.</summary>
internal sealed class OtlpIntake(
    RequestStore store, StoredRequests stored, UndecidedRequests undecided, TokenLimiter limiter, TimeProvider clock, IOptions<OtlpOptions> options)
{
    private readonly OtlpOptions _options = options.Value;

    /// <summary>Returns once the content is durable, or won't be, whether its sender is still there or not: what is stored is counted.</summary>
    /// <param name="sender">Who sends it.</param>
    /// <param name="address">Where it comes from; null where that isn't known.</param>
    /// <param name="signal">What it is said to hold; null where nobody says.</param>
    /// <param name="body">The content, decompressed and within the limits; the caller's to dispose after this returns.</param>
    /// <param name="encoding">How it is written.</param>
    public async Task<OtlpTaken> TakeAsync(SendingSystem sender, IPAddress? address, OtlpSignal? signal, ReadOnlyMemory<byte> body, OtlpEncoding encoding)
    {
        // What was told to come again comes within what it took the first time.
        var repeated = undecided.Find(sender.TokenKey, body.Span);
        // Before the work that a sender over its limit isn't worth.
        if (repeated is null && limiter.Check(sender, body.Length) is { } overLimit)
        {
            return overLimit;
        }

        if ((signal ?? SignalDetector.Detect(body.Span, encoding)) is not { } known)
        {
            return new OtlpRefusal(400, "signal not told", "This path takes what says itself whether it is logs, traces or metrics; post to …/v1/logs, …/v1/traces or …/v1/metrics.");
        }

        var request = new ReceivedRequest(sender, known, encoding, clock.GetUtcNow().UtcDateTime, _options.MaxAttributeCharacters) { Body = body };
        var (mapped, refusal) = Map(request);
        if (mapped is null)
        {
            return refusal!;
        }

        var weight = request.WeightOf(mapped);
        TakenAllowance allowance = default;
        if (repeated is null && limiter.TryTake(sender, mapped.RecordCount, weight, out allowance) is { } noneLeft)
        {
            return noneLeft;
        }

        IngestAnswer answer;
        try
        {
            answer = await store.StoreAsync(request, mapped);
        }
        catch
        {
            limiter.Return(sender, allowance);
            throw;
        }

        var first = answer.Outcome == IngestOutcome.TimedOut && repeated is null ? undecided.Add(sender.TokenKey, body.Span) : null;
        var bytes = body.Length;
        var settled = SettleAsync(answer.Became, first, repeated, sender, allowance, () => stored.Count(sender, address?.ToString(), known, mapped, bytes));
        if (answer.Outcome != IngestOutcome.TimedOut)
        {
            await settled;
        }

        return new(RefusalOf(answer.Outcome), known, mapped.Rejected, mapped.Reason, mapped.Cause);
    }

    // After the answer, where that couldn't wait for it.
    private async Task SettleAsync(
        Task<IngestOutcome> became, UndecidedRequest? first, UndecidedRequest? repeated, SendingSystem sender, TakenAllowance allowance, Action count)
    {
        if (await became != IngestOutcome.Stored)
        {
            limiter.Return(sender, allowance);
            if (first is not null)
            {
                undecided.Remove(first);
            }
        }
        else if ((first ?? repeated)?.TryCount() ?? true)
        {
            count();
        }
    }

    private (MappedTelemetry? Mapped, OtlpRefusal? Refusal) Map(ReceivedRequest received)
    {
        try
        {
            return (received.Map(new(_options.MaxRequestRecords, _options.MaxRequestElements, _options.MaxRequestSharedCharacters)), null);
        }
        catch (OtlpLimitException e)
        {
            return (null, new(413, "too many records", e.Message));
        }
        catch (OtlpDecodeException e)
        {
            return (null, new(400, "can't be decoded", $"The body can't be decoded as {Name(received.Encoding)} of OTLP {received.Signal}: {e.Message.TrimEnd('.')}."));
        }
    }

    private static OtlpRefusal? RefusalOf(IngestOutcome outcome) => outcome switch
    {
        IngestOutcome.Stored => null,
        IngestOutcome.Full => OtlpRefusal.TryAgain("too much is waiting to be stored"),
        IngestOutcome.TimedOut => OtlpRefusal.TryAgain("storing took too long"),
        IngestOutcome.SpoolFull => OtlpRefusal.TryAgain("the database is away and no more can be kept for it"),
        IngestOutcome.Unavailable => OtlpRefusal.TryAgain("the database takes no writes now"),
        _ => OtlpRefusal.TryAgain("the database didn't take this batch"),
    };

    private static string Name(OtlpEncoding encoding) => encoding == OtlpEncoding.Json ? "JSON" : "protobuf";
}
