using ActivityLog.Web.Ingest;

namespace ActivityLog.Tests.Ingest;

public sealed class RateLinesTests
{
    [Theory]
    [InlineData(0, 1, 5)]
    [InlineData(1, 1, 5)]
    [InlineData(1.1, 2, 4)]
    [InlineData(3.9, 5, 5)]
    [InlineData(6, 10, 5)]
    [InlineData(148, 200, 4)]
    [InlineData(28_000, 50_000, 5)]
    public void Top_OfAnyRate_IsTheNextRoundNumber(double rate, double top, int steps)
    {
        var lines = new RateLines([new(0, 0, 0), new(rate, rate / 2, 0)]);

        (lines.Top, lines.Steps).ShouldBe((top, steps));
    }

    [Fact]
    public void Paths_OfEachSignal_GoFromLeftToRight()
    {
        var lines = new RateLines([new(0, 1, 0), new(1, 0.5, 0), new(2, 0, 0)]);

        lines.Logs.ShouldBe("M0 100L500 50L1000 0");
        lines.Traces.ShouldBe("M0 50L500 75L1000 100");
        lines.Metrics.ShouldBe("M0 100L500 100L1000 100");
    }
}
