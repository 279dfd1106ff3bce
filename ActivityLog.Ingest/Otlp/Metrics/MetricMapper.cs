using System.Globalization;
using ActivityLog.Core.Metrics;
using ActivityLog.Ingest.Otlp.Attributes;
using ActivityLog.Ingest.Otlp.Mapping;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Metrics.V1;
using static ActivityLog.Ingest.Otlp.Attributes.MessageField;

namespace ActivityLog.Ingest.Otlp.Metrics;

/// <summary>Data points of all kinds to metric points.</summary>
internal sealed class MetricMapper(MappingContext context)
{
    private const uint NoRecordedValue = 1;

    public void Map(IEnumerable<ResourceMetrics> resources, RecordAttributes record, MappedTelemetry mapped)
    {
        foreach (var resource in resources.Where(static resource => resource.ScopeMetrics.Any(static scope => scope.Metrics.Count > 0)))
        {
            var ofResource = new ResourceAttributes(AnyValues.ReadAll(resource.Resource?.Attributes ?? []));
            foreach (var scope in resource.ScopeMetrics.Where(static scope => scope.Metrics.Count > 0))
            {
                var shared = new SharedAttributes(ofResource, ScopeAttributes.Of(scope.Scope));
                foreach (var metric in scope.Metrics)
                {
                    Map(metric, new Series(metric, shared, record, mapped));
                }
            }
        }
    }

    /// <summary>Number of data points of a metric.</summary>
    public static long PointCount(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Count,
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Count,
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Count,
        Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints.Count,
        Metric.DataOneofCase.Summary => metric.Summary.DataPoints.Count,
        _ => 0,
    };

    private void Map(Metric metric, Series series)
    {
        switch (metric.DataCase)
        {
            case Metric.DataOneofCase.Gauge:
                MapNumbers(metric.Gauge.DataPoints, series, MetricKind.Gauge, MetricTemporality.Unspecified);
                break;
            case Metric.DataOneofCase.Sum:
                MapNumbers(metric.Sum.DataPoints, series, MetricKind.Sum, Temporality(metric.Sum.AggregationTemporality));
                break;
            case Metric.DataOneofCase.Histogram:
                foreach (var point in metric.Histogram.DataPoints)
                {
                    Add(series, MetricKind.Histogram, Temporality(metric.Histogram.AggregationTemporality),
                        new(point.StartTimeUnixNano, point.TimeUnixNano, point.HasSum ? point.Sum : null, point.Count, point.Flags, point.Attributes));
                }

                break;
            case Metric.DataOneofCase.ExponentialHistogram:
                foreach (var point in metric.ExponentialHistogram.DataPoints)
                {
                    Add(series, MetricKind.ExponentialHistogram, Temporality(metric.ExponentialHistogram.AggregationTemporality),
                        new(point.StartTimeUnixNano, point.TimeUnixNano, point.HasSum ? point.Sum : null, point.Count, point.Flags, point.Attributes));
                }

                break;
            case Metric.DataOneofCase.Summary:
                // The protocol has no temporality for summaries: they count from their start.
                foreach (var point in metric.Summary.DataPoints)
                {
                    Add(series, MetricKind.Summary, MetricTemporality.Cumulative,
                        new(point.StartTimeUnixNano, point.TimeUnixNano, point.Sum, point.Count, point.Flags, point.Attributes));
                }

                break;
            default:
                // A metric without data has no points that could be refused.
                break;
        }
    }

    private void MapNumbers(IEnumerable<NumberDataPoint> points, Series series, MetricKind kind, MetricTemporality temporality)
    {
        foreach (var point in points)
        {
            double? value = point.ValueCase switch
            {
                NumberDataPoint.ValueOneofCase.AsDouble => point.AsDouble,
                NumberDataPoint.ValueOneofCase.AsInt => point.AsInt,
                _ => null,
            };
            Add(series, kind, temporality, new(point.StartTimeUnixNano, point.TimeUnixNano, value, null, point.Flags, point.Attributes));
        }
    }

    private void Add(Series series, MetricKind kind, MetricTemporality temporality, in Point point)
    {
        if ((point.Flags & NoRecordedValue) != 0)
        {
            // The protocol's word for "this series has ended": nothing to keep, nothing wrong.
            return;
        }

        // Observations count even where nobody can say what they add up to: they add nothing.
        var hasNumber = point.Value is { } number && double.IsFinite(number);
        if (!hasNumber && point.Count is null)
        {
            series.Mapped.Reject("a data point has no finite value", $"a data point of the metric '{series.Name}' has no finite value");
            return;
        }

        if (OtlpTime.Read(point.Time, context.ReceivedAt) is not { } time)
        {
            series.Mapped.Reject("a data point has no usable timeUnixNano", $"a data point of the metric '{series.Name}' has no usable timeUnixNano");
            return;
        }

        var record = series.Record;
        record.Read(series.Shared, point.Attributes);
        var isCumulative = temporality == MetricTemporality.Cumulative;
        if (!hasNumber && !isCumulative)
        {
            record.Add(MetricPoint.SumName, AttributeValue.Text(point.Value?.ToString(CultureInfo.InvariantCulture) ?? "absent"));
        }

        var fields = record.Fields;
        series.Mapped.Points.Add(new()
        {
            SystemKey = context.Sender.SystemKey,
            TokenKey = context.Sender.TokenKey,
            // Increments without a sum are a series of their own, which says so: what is cumulative must stay together, to be told apart by what came before.
            SeriesKey = (long)(hasNumber || isCumulative
                ? ContentHash.Of([record.Hash, (ulong)kind, (ulong)temporality, series.NameHash, series.UnitHash])
                : ContentHash.Of([record.Hash, (ulong)kind, (ulong)temporality, series.NameHash, series.UnitHash, 0])),
            Name = series.Name,
            Unit = series.Unit,
            Kind = kind,
            Temporality = temporality,
            IsMonotonic = series.IsMonotonic,
            // Without a start a series has one beginning, not a new one with each point.
            StartedAt = OtlpTime.Read(point.Start, context.ReceivedAt) ?? DateTime.UnixEpoch,
            OccurredAt = time,
            ReceivedAt = context.ReceivedAt,
            ExpiresAt = context.ExpiresAt,
            Value = hasNumber ? point.Value!.Value : isCumulative ? MetricPoint.NoSum : 0,
            Count = point.Count is { } count ? (long)Math.Min(count, long.MaxValue) : null,
            ServiceName = MessageFactory.Short(fields.Text(ServiceName)),
            UserName = MessageFactory.UserOf(record),
            SessionId = MessageFactory.SessionOf(record),
            Model = MessageFactory.Short(fields.Text(Model)),
            Attributes = record.Shared,
            Metadata = record.OwnJson(),
        });
    }

    private static MetricTemporality Temporality(AggregationTemporality temporality) => temporality switch
    {
        AggregationTemporality.Delta => MetricTemporality.Delta,
        AggregationTemporality.Cumulative => MetricTemporality.Cumulative,
        _ => MetricTemporality.Unspecified,
    };

    private readonly record struct Point(ulong Start, ulong Time, double? Value, ulong? Count, uint Flags, IEnumerable<KeyValue> Attributes);

    private sealed class Series(Metric metric, SharedAttributes shared, RecordAttributes record, MappedTelemetry mapped)
    {
        public string Name { get; } = MessageFactory.Short(TextRules.Repair(metric.Name))!;

        public string Unit { get; } = MessageFactory.Short(TextRules.Repair(metric.Unit))!;

        // Only a sum may fall without having begun anew.
        public bool IsMonotonic { get; } = metric.DataCase != Metric.DataOneofCase.Sum || metric.Sum.IsMonotonic;

        public ulong NameHash { get; } = ContentHash.Of(metric.Name);

        public ulong UnitHash { get; } = ContentHash.Of(metric.Unit);

        public SharedAttributes Shared => shared;

        public RecordAttributes Record => record;

        public MappedTelemetry Mapped => mapped;
    }
}
