using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Demo;

/// <summary>The counters of one session: added to as it goes, delivered now and then as what came since. They tell again what the events tell.</summary>
internal sealed class DemoMeters(DemoTarget target, string sessionId, string? userName, string serviceName, AttributeSet attributes, DateTime start)
{
    private readonly Dictionary<(string Name, string Metadata), Meter> _meters = [];

    /// <summary>When they were last delivered.</summary>
    public DateTime DeliveredAt { get; private set; } = start;

    /// <summary>Adds to a counter.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="metadata">The attributes, as JSON.</param>
    /// <param name="model">The model, where the attributes name one.</param>
    /// <param name="amount">What to add, in billionths of the unit, so that sums are exact.</param>
    public void Add(string name, string unit, string metadata, string? model, long amount)
    {
        ref var meter = ref CollectionsMarshal.GetValueRefOrAddDefault(_meters, (name, metadata), out var isKnown);
        if (!isKnown)
        {
            meter = new(unit, model, (long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{attributes.Key}\n{name}\n{metadata}"))) { Since = DeliveredAt };
        }

        meter!.Amount += amount;
    }

    /// <summary>What came since the last time.</summary>
    public void Deliver(DateTime at, DateTime receivedAt, DateTime? expiresAt, List<MetricPoint> into)
    {
        foreach (var ((name, metadata), meter) in _meters)
        {
            if (meter.Amount == 0)
            {
                continue;
            }

            into.Add(new()
            {
                SystemKey = target.SystemKey,
                TokenKey = target.TokenKey,
                SeriesKey = meter.SeriesKey,
                Name = name,
                Unit = meter.Unit,
                Kind = MetricKind.Sum,
                Temporality = MetricTemporality.Delta,
                StartedAt = meter.Since,
                OccurredAt = at,
                ReceivedAt = receivedAt,
                ExpiresAt = expiresAt,
                Value = (double)(meter.Amount / 1e9m),
                ServiceName = serviceName,
                UserName = userName,
                SessionId = sessionId,
                Model = meter.Model,
                Attributes = attributes,
                Metadata = metadata,
            });
            (meter.Amount, meter.Since) = (0, at);
        }

        DeliveredAt = at;
    }

    private sealed class Meter(string unit, string? model, long seriesKey)
    {
        public string Unit => unit;

        public string? Model => model;

        public long SeriesKey => seriesKey;

        public long Amount { get; set; }

        public DateTime Since { get; set; }
    }
}
