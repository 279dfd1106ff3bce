using ActivityLog.Web.Shared.Charts;

namespace ActivityLog.Tests.Shared.Charts;

public sealed class ChartDataTests
{
    private static readonly ChartBar[] s_bars = [new("Mon", "Mon"), new("Tue", "Tue")];
    private static readonly Dictionary<string, string> s_colors = new() { ["opus"] = "--al-c1" };

    [Fact]
    public void Stack_SeveralSeries_LargestFirst()
    {
        var data = ChartData.Stack(ChartMeasure.Cost, s_bars, [(0, "haiku", 1), (0, "opus", 5), (1, "opus", 2), (1, "haiku", 3)], s_colors);

        data.Series.Select(series => series.Name).ShouldBe(["opus", "haiku"]);
        data.Series[0].Values.ShouldBe([5, 2]);
        data.Series.Select(series => series.Color).ShouldBe(["--al-c1", "--al-other"]);
        data.BarTotal(1).ShouldBe(5);
        data.Total.ShouldBe(11);
    }

    [Fact]
    public void Stack_MoreThanEightSeries_TheRestIsOneAndLast()
    {
        var cells = Enumerable.Range(1, 12).Select(n => (0, $"model-{n:00}", (long)n));

        var data = ChartData.Stack(ChartMeasure.Calls, s_bars, cells, s_colors);

        data.Series.Count.ShouldBe(8);
        data.Series[^1].Name.ShouldBe("other");
        data.Series[^1].Total.ShouldBe(1 + 2 + 3 + 4 + 5);
        data.Total.ShouldBe(78);
    }

    [Fact]
    public void Stack_SeriesCalledAsTheRest_IsAnother()
    {
        var cells = Enumerable.Range(1, 12).Select(n => (0, n == 12 ? ChartData.Other : $"model-{n:00}", (long)n));

        var data = ChartData.Stack(ChartMeasure.Calls, s_bars, cells, s_colors);

        data.Series.Where(series => series.Name == ChartData.Other).Select(series => (series.Total, series.IsRest)).ShouldBe([(12, false), (15, true)]);
    }

    [Fact]
    public void Stack_SeriesWithoutValue_IsLeftOut() =>
        ChartData.Stack(ChartMeasure.Cost, s_bars, [(0, "opus", 0)], s_colors).IsEmpty.ShouldBeTrue();
}
