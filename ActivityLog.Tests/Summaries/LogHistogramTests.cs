using ActivityLog.Core.Summaries;

namespace ActivityLog.Tests.Summaries;

public sealed class LogHistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void Percentile_ValuesOfAllSizes_IsOffByAtMostOnePercent(double part)
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 5_000).Select(_ => Math.Exp(random.NextDouble() * 20 - 4)).Order().ToList();
        var histogram = new LogHistogram();
        values.ForEach(value => histogram.Add(value));

        var exact = values[(int)Math.Ceiling(part * values.Count) - 1];

        histogram.Percentile(part)!.Value.ShouldBe(exact, exact * LogHistogram.MaxError);
    }

    [Fact]
    public void Add_BytesOfSeveralOneAfterTheOther_IsTheirSum()
    {
        var (one, other, both, sum) = (new LogHistogram(), new LogHistogram(), new LogHistogram(), new LogHistogram());
        foreach (var (value, count) in new[] { (0.0, 1L), (0.3, 70), (1500, 1), (1501, 3), (1e9, 20_000), (double.MaxValue, long.MaxValue / 4), (-5, 2), (double.NaN, 1) })
        {
            (value > 1 ? one : other).Add(value, count);
            both.Add(value, count);
        }

        sum.Add([.. one.ToBytes()!, .. other.ToBytes()!]);

        sum.Count.ShouldBe(both.Count);
        sum.ToBytes().ShouldBe(both.ToBytes());
    }

    [Fact]
    public void Add_ValuesTakenAwayAgain_LeavesNothing()
    {
        var (histogram, negative) = (new LogHistogram(), new LogHistogram());
        histogram.Add(20);
        histogram.Add(3_000, 300);
        negative.Add(3_000, -300);

        histogram.Add(negative.ToBytes());
        histogram.Percentile(0.99)!.Value.ShouldBe(20, 0.2);
        histogram.Add(20, -1);

        (histogram.Count, histogram.ToBytes(), histogram.Percentile(0.5)).ShouldBe((0, null, null));
    }

    [Theory]
    [InlineData("01")]
    [InlineData("0100")]
    [InlineData("010080")]
    public void Add_BytesThatEndTooEarly_Throws(string hex) =>
        Should.Throw<InvalidDataException>(() => new LogHistogram().Add(Convert.FromHexString(hex)));
}
