using System.Collections.Concurrent;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Senders;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Mapping;

namespace ActivityLog.Ingest.Senders;

/// <summary>
/// Learns who sends from what was stored, in memory until that is stored, too: once a request for each set of attributes that its records share. Bounded; safe to
/// call from many threads.
/// </summary>
internal sealed class SenderLog(TimeProvider clock)
{
    private const int MaxPending = 5_000;

    // Past this many all are read again.
    private const int MaxRemembered = 10_000;

    private readonly PendingRows<(int SystemKey, long SenderKey), Sender> _pending = new(MaxPending, Sender.Merge);
    private readonly ConcurrentDictionary<(long Attributes, string? UserName), SenderIdentity> _identities = new();

    public void Add(SendingSystem sender, string? address, OtlpSignal signal, MappedTelemetry mapped)
    {
        Dictionary<AttributeSet, Look>? looks = null;
        Look? look = null;
        foreach (var message in mapped.Messages)
        {
            if (look is null || !ReferenceEquals(look.Attributes, message.Attributes))
            {
                look = LookAt(ref looks, message.Attributes, message.UserName);
            }

            if (message.Type is MessageType.Prompt or MessageType.Turn)
            {
                look.SendsPrompts = look.SendsPrompts == true || message.Body is not null;
            }
            else if (message.Type == MessageType.Tool && message.Parts == MessageParts.Event)
            {
                look.SendsToolDetails = look.SendsToolDetails == true || message.Body is not null;
            }
        }

        foreach (var point in mapped.Points)
        {
            if (look is null || !ReferenceEquals(look.Attributes, point.Attributes))
            {
                look = LookAt(ref looks, point.Attributes, point.UserName);
            }
        }

        if (looks is null)
        {
            return;
        }

        foreach (var one in looks.Values)
        {
            var seen = SenderOf(one, sender, address, signal);
            _pending.Add((seen.SystemKey, seen.SenderKey), seen);
        }
    }

    public Task FlushAsync(ISenderStore store, CancellationToken cancellationToken) => _pending.FlushAsync(rows => store.AddAsync(rows, cancellationToken));

    // Within a request equal sets are the same object.
    private static Look LookAt(ref Dictionary<AttributeSet, Look>? looks, AttributeSet attributes, string? userName)
    {
        looks ??= new(ReferenceEqualityComparer.Instance);
        if (!looks.TryGetValue(attributes, out var look))
        {
            looks.Add(attributes, look = new(attributes, userName));
        }

        return look;
    }

    private Sender SenderOf(Look look, SendingSystem sender, string? address, OtlpSignal signal)
    {
        if (_identities.Count >= MaxRemembered)
        {
            _identities.Clear();
        }

        var identity = _identities.GetOrAdd((look.Attributes.Key, look.UserName), static (_, look) => SenderIdentity.Of(look.Attributes, look.UserName), look);
        var now = clock.GetUtcNow().UtcDateTime;
        return new()
        {
            SystemKey = sender.SystemKey,
            SenderKey = identity.Key,
            TokenKey = sender.TokenKey,
            ServiceName = identity.ServiceName,
            UserName = identity.UserName,
            Installation = identity.Installation,
            IsClaudeCode = identity.IsClaudeCode,
            Version = identity.Version,
            OsType = identity.OsType,
            OsVersion = identity.OsVersion,
            Architecture = identity.Architecture,
            Address = address,
            FirstSeenAt = now,
            LastSeenAt = now,
            LastLogsAt = signal == OtlpSignal.Logs ? now : null,
            LastTracesAt = signal == OtlpSignal.Traces ? now : null,
            LastMetricsAt = signal == OtlpSignal.Metrics ? now : null,
            SendsPrompts = look.SendsPrompts,
            SendsToolDetails = look.SendsToolDetails,
        };
    }

    private sealed class Look(AttributeSet attributes, string? userName)
    {
        public AttributeSet Attributes => attributes;

        public string? UserName => userName;

        public bool? SendsPrompts { get; set; }

        public bool? SendsToolDetails { get; set; }
    }
}
