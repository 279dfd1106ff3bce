using ActivityLog.Web.Shared.Charts;

namespace ActivityLog.Tests.Shared.Charts;

public sealed class ChartPathsTests
{
    private static readonly ChartBar[] s_bars = [new("Mon", "Mon"), new("Tue", "Tue"), new("Wed", "Wed")];

    [Fact]
    public void Paths_Columns_LieOnEachOther()
    {
        var paths = new ChartPaths(new ChartData(ChartShape.Columns, ChartMeasure.Count, s_bars, [new("opus", "", [2, null, 4]), new("haiku", "", [2, 1, 0])]));

        paths.Scale.Top.ShouldBe(4);
        paths.Paths.ShouldBe(["M16 1000V500h68V1000zM216 1000V0h68V1000z", "M16 500V0h68V500zM116 1000V750h68V1000z"]);
        paths.FilledTo(1).ShouldBe(0.25);
    }

    [Fact]
    public void Paths_Lines_HaveGapsAndDots()
    {
        var paths = new ChartPaths(new ChartData(ChartShape.Lines, ChartMeasure.Share, s_bars, [new("p50", "", [0.5, 1, null]), new("p95", "", [null, null, 1])]));

        paths.Paths.ShouldBe(["M50 500L150 0", "M250 0h0"]);
    }
}
