using ActivityLog.Core.Metrics;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Mapping;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace ActivityLog.Tests.Otlp.Metrics;

public sealed class MetricMapperTests
{
    [Fact]
    public void Map_EachKind_HasItsValueAndCount()
    {
        var points = Map(
            new Metric { Name = "gauge", Gauge = new() { DataPoints = { Number() } } },
            new Metric { Name = "sum", Unit = "USD", Sum = new() { AggregationTemporality = AggregationTemporality.Delta, DataPoints = { Number() } } },
            new Metric { Name = "histogram", Histogram = new() { AggregationTemporality = AggregationTemporality.Cumulative, DataPoints = { new HistogramDataPoint { TimeUnixNano = Build.Noon, Count = 3, Sum = 4.5 } } } },
            new Metric { Name = "exponential", ExponentialHistogram = new() { DataPoints = { new ExponentialHistogramDataPoint { TimeUnixNano = Build.Noon, Count = 3, Sum = 4.5 } } } },
            new Metric { Name = "summary", Summary = new() { DataPoints = { new SummaryDataPoint { TimeUnixNano = Build.Noon, Count = 3, Sum = 4.5 } } } }).Points;

        points.Select(static point => (point.Name, point.Kind, point.Temporality, point.Value, point.Count)).ShouldBe(
        [
            ("gauge", MetricKind.Gauge, MetricTemporality.Unspecified, 1, null),
            ("sum", MetricKind.Sum, MetricTemporality.Delta, 1, null),
            ("histogram", MetricKind.Histogram, MetricTemporality.Cumulative, 4.5, 3L),
            ("exponential", MetricKind.ExponentialHistogram, MetricTemporality.Unspecified, 4.5, 3L),
            ("summary", MetricKind.Summary, MetricTemporality.Cumulative, 4.5, 3L),
        ]);
        points[1].Unit.ShouldBe("USD");
        points[1].StartedAt.ShouldBe(DateTime.UnixEpoch);
    }

    [Fact]
    public void Map_Point_BearsWhoAndWhat()
    {
        var point = Map(Sum(Number("session.id", "s", "model", "m", "user.name", "bob", "type", "input"))).Points.ShouldHaveSingleItem();

        (point.SessionId, point.Model, point.UserName, point.ServiceName).ShouldBe(("s", "m", "alice", "claude-code"));
        Build.Metadata(point)["type"].GetString().ShouldBe("input");
        Build.Metadata(point)["record.user.name"].GetString().ShouldBe("bob");
    }

    [Fact]
    public void Map_AttributesInAnotherOrder_AreTheSameSeries() =>
        Map(Sum(Number("a", 1, "b", 2))).Points[0].SeriesKey.ShouldBe(Map(Sum(Number("b", 2, "a", 1))).Points[0].SeriesKey);

    [Fact]
    public void Map_OtherAttributesNameOrUnit_AreOtherSeries()
    {
        var other = Sum(Number("a", 1));
        other.Unit = "s";

        Map(Sum(Number("a", 1)), Sum(Number("a", 2)), other).Points.Select(static point => point.SeriesKey).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Map_WhatCantBeUsed_IsCountedAndItsNeighboursStay()
    {
        var mapped = Map(Sum(Number(), new NumberDataPoint { TimeUnixNano = Build.Noon }, new NumberDataPoint { AsInt = 1 }, new NumberDataPoint { TimeUnixNano = Build.Noon, AsDouble = double.PositiveInfinity }));

        mapped.Points.Count.ShouldBe(1);
        mapped.Rejected.ShouldBe(3);
        mapped.Reason!.ShouldContain("sum");
    }

    [Theory]
    [InlineData(null, "absent")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Map_ObservationsWithoutAUsableSum_KeepTheirCountAndSaySo(double? sum, string says)
    {
        var histogram = new HistogramDataPoint { TimeUnixNano = Build.Noon, Count = 3 };
        var exponential = new ExponentialHistogramDataPoint { TimeUnixNano = Build.Noon, Count = 4 };
        if (sum is { } number)
        {
            histogram.Sum = exponential.Sum = number;
        }

        var mapped = Map(
            new Metric { Name = "histogram", Histogram = new() { DataPoints = { histogram } } },
            new Metric { Name = "exponential", ExponentialHistogram = new() { DataPoints = { exponential } } });

        mapped.Rejected.ShouldBe(0);
        mapped.Points.Select(static point => (point.Value, point.Count)).ShouldBe([(0, 3L), (0, 4L)]);
        mapped.Points.ShouldAllBe(point => Build.Metadata(point)["metric.sum"].GetString() == says);
    }

    [Fact]
    public void Map_SeriesThatEnded_IsNothingWrong() =>
        Map(Sum(new NumberDataPoint { TimeUnixNano = Build.Noon, Flags = 1 })).ShouldSatisfyAllConditions(
            static mapped => mapped.Points.ShouldBeEmpty(), static mapped => mapped.Rejected.ShouldBe(0));

    private static NumberDataPoint Number(params object[] attributes) =>
        new() { TimeUnixNano = Build.Noon, AsInt = 1, Attributes = { Build.Attributes(attributes) } };

    private static Metric Sum(params NumberDataPoint[] points) =>
        new() { Name = "sum", Sum = new() { AggregationTemporality = AggregationTemporality.Delta, DataPoints = { points } } };

    private static MappedTelemetry Map(params Metric[] metrics) => Mapped.Of(OtlpSignal.Metrics, new ExportMetricsServiceRequest
    {
        ResourceMetrics =
        {
            new ResourceMetrics
            {
                Resource = new Resource { Attributes = { Build.Attributes("service.name", "claude-code", "user.name", "alice") } },
                ScopeMetrics = { new ScopeMetrics { Metrics = { metrics } } },
            },
        },
    });
}
