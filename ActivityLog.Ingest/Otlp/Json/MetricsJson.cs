using System.Text.Json;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace ActivityLog.Ingest.Otlp.Json;

/// <summary>Reads metrics.</summary>
internal static class MetricsJson
{
    public static void ReadRequest(ref Utf8JsonReader reader, ExportMetricsServiceRequest request)
    {
        if (reader.ValueTextEquals("resourceMetrics"u8))
        {
            JsonValues.List<ResourceMetrics>(ref reader, request.ResourceMetrics, ReadResourceMetrics);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadResourceMetrics(ref Utf8JsonReader reader, ResourceMetrics resource)
    {
        if (reader.ValueTextEquals("resource"u8))
        {
            resource.Resource = JsonValues.Member<Resource>(ref reader, CommonJson.ReadResource);
        }
        else if (reader.ValueTextEquals("scopeMetrics"u8))
        {
            JsonValues.List<ScopeMetrics>(ref reader, resource.ScopeMetrics, ReadScopeMetrics);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadScopeMetrics(ref Utf8JsonReader reader, ScopeMetrics scope)
    {
        if (reader.ValueTextEquals("scope"u8))
        {
            scope.Scope = JsonValues.Member<InstrumentationScope>(ref reader, CommonJson.ReadScope);
        }
        else if (reader.ValueTextEquals("metrics"u8))
        {
            JsonValues.List<Metric>(ref reader, scope.Metrics, ReadMetric);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadMetric(ref Utf8JsonReader reader, Metric metric)
    {
        if (reader.ValueTextEquals("name"u8))
        {
            metric.Name = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("unit"u8))
        {
            metric.Unit = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("gauge"u8))
        {
            metric.Gauge = JsonValues.Member<Gauge>(ref reader, static (ref reader, gauge) =>
                ReadNumbers(ref reader, gauge.DataPoints));
        }
        else if (reader.ValueTextEquals("sum"u8))
        {
            metric.Sum = JsonValues.Member<Sum>(ref reader, static (ref reader, sum) =>
            {
                if (reader.ValueTextEquals("aggregationTemporality"u8))
                {
                    sum.AggregationTemporality = Temporality(ref reader);
                }
                else if (reader.ValueTextEquals("isMonotonic"u8))
                {
                    sum.IsMonotonic = JsonValues.Bool(ref reader);
                }
                else
                {
                    ReadNumbers(ref reader, sum.DataPoints);
                }
            });
        }
        else if (reader.ValueTextEquals("histogram"u8))
        {
            metric.Histogram = JsonValues.Member<Histogram>(ref reader, ReadHistogram);
        }
        else if (reader.ValueTextEquals("exponentialHistogram"u8))
        {
            metric.ExponentialHistogram = JsonValues.Member<ExponentialHistogram>(ref reader, ReadExponential);
        }
        else if (reader.ValueTextEquals("summary"u8))
        {
            metric.Summary = JsonValues.Member<Summary>(ref reader, ReadSummary);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadNumbers(ref Utf8JsonReader reader, ICollection<NumberDataPoint> points)
    {
        if (reader.ValueTextEquals("dataPoints"u8))
        {
            JsonValues.List<NumberDataPoint>(ref reader, points, ReadNumber);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadNumber(ref Utf8JsonReader reader, NumberDataPoint point)
    {
        if (reader.ValueTextEquals("asDouble"u8))
        {
            point.AsDouble = JsonValues.Double(ref reader);
        }
        else if (reader.ValueTextEquals("asInt"u8))
        {
            point.AsInt = JsonValues.Int64(ref reader);
        }
        else if (reader.ValueTextEquals("startTimeUnixNano"u8))
        {
            point.StartTimeUnixNano = JsonValues.UInt64(ref reader);
        }
        else if (reader.ValueTextEquals("timeUnixNano"u8))
        {
            point.TimeUnixNano = JsonValues.UInt64(ref reader);
        }
        else if (reader.ValueTextEquals("attributes"u8))
        {
            JsonValues.List<KeyValue>(ref reader, point.Attributes, CommonJson.ReadKeyValue);
        }
        else if (reader.ValueTextEquals("flags"u8))
        {
            point.Flags = JsonValues.UInt32(ref reader);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadHistogram(ref Utf8JsonReader reader, Histogram histogram)
    {
        if (reader.ValueTextEquals("aggregationTemporality"u8))
        {
            histogram.AggregationTemporality = Temporality(ref reader);
        }
        else if (reader.ValueTextEquals("dataPoints"u8))
        {
            JsonValues.List<HistogramDataPoint>(ref reader, histogram.DataPoints, static (ref reader, point) =>
            {
                var read = new PointReader(point.Attributes);
                read.Read(ref reader);
                point.StartTimeUnixNano = read.Start ?? point.StartTimeUnixNano;
                point.TimeUnixNano = read.Time ?? point.TimeUnixNano;
                point.Count = read.Count ?? point.Count;
                point.Flags = read.Flags ?? point.Flags;
                if (read.Sum is { } sum)
                {
                    point.Sum = sum;
                }
            });
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadExponential(ref Utf8JsonReader reader, ExponentialHistogram histogram)
    {
        if (reader.ValueTextEquals("aggregationTemporality"u8))
        {
            histogram.AggregationTemporality = Temporality(ref reader);
        }
        else if (reader.ValueTextEquals("dataPoints"u8))
        {
            JsonValues.List<ExponentialHistogramDataPoint>(ref reader, histogram.DataPoints, static (ref reader, point) =>
            {
                var read = new PointReader(point.Attributes);
                read.Read(ref reader);
                point.StartTimeUnixNano = read.Start ?? point.StartTimeUnixNano;
                point.TimeUnixNano = read.Time ?? point.TimeUnixNano;
                point.Count = read.Count ?? point.Count;
                point.Flags = read.Flags ?? point.Flags;
                if (read.Sum is { } sum)
                {
                    point.Sum = sum;
                }
            });
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadSummary(ref Utf8JsonReader reader, Summary summary)
    {
        if (reader.ValueTextEquals("dataPoints"u8))
        {
            JsonValues.List<SummaryDataPoint>(ref reader, summary.DataPoints, static (ref reader, point) =>
            {
                var read = new PointReader(point.Attributes);
                read.Read(ref reader);
                point.StartTimeUnixNano = read.Start ?? point.StartTimeUnixNano;
                point.TimeUnixNano = read.Time ?? point.TimeUnixNano;
                point.Count = read.Count ?? point.Count;
                point.Flags = read.Flags ?? point.Flags;
                point.Sum = read.Sum ?? point.Sum;
            });
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static AggregationTemporality Temporality(ref Utf8JsonReader reader) =>
        (AggregationTemporality)JsonValues.Enum(ref reader, MetricsReflection.Descriptor.EnumTypes[0]);

    // The three kinds of points with a count and a sum are classes without a common base.
    private struct PointReader(ICollection<KeyValue> attributes)
    {
        public ulong? Start { get; private set; }

        public ulong? Time { get; private set; }

        public ulong? Count { get; private set; }

        public double? Sum { get; private set; }

        public uint? Flags { get; private set; }

        public void Read(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("startTimeUnixNano"u8))
            {
                Start = JsonValues.UInt64(ref reader);
            }
            else if (reader.ValueTextEquals("timeUnixNano"u8))
            {
                Time = JsonValues.UInt64(ref reader);
            }
            else if (reader.ValueTextEquals("count"u8))
            {
                Count = JsonValues.UInt64(ref reader);
            }
            else if (reader.ValueTextEquals("sum"u8))
            {
                Sum = JsonValues.Double(ref reader);
            }
            else if (reader.ValueTextEquals("flags"u8))
            {
                Flags = JsonValues.UInt32(ref reader);
            }
            else if (reader.ValueTextEquals("attributes"u8))
            {
                JsonValues.List(ref reader, attributes, CommonJson.ReadKeyValue);
            }
            else
            {
                JsonValues.Skip(ref reader);
            }
        }
    }
}
