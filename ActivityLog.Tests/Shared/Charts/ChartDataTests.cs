using ActivityLog.Web.Shared.Charts;

namespace ActivityLog.Tests.Shared.Charts;

public sealed class ChartDataTests
{
    private static readonly ChartBar[] s_bars = [new("Mon", "Mon"), new("Tue", "Tue")];

    [Fact]
    public void Stack_SeveralSeries_LargestFirst()
    {
        var data = ChartData.Stack(ChartShape.Columns, ChartMeasure.Cost, s_bars, [(0, "haiku", 1), (0, "opus", 5), (1, "opus", 2), (1, "haiku", 3)], Color);

        data.Series.Select(series => series.Name).ShouldBe(["opus", "haiku"]);
        data.Series[0].Values.ShouldBe([5, 2]);
        data.Series.Select(series => series.Color).ShouldBe(["--al-c1", "--al-other"]);
        data.BarTotal(1).ShouldBe(5);
        data.Total.ShouldBe(11);
    }

    [Fact]
    public void Stack_MoreThanEightSeries_TheRestIsOneAndLast()
    {
        var cells = Enumerable.Range(1, 12).Select(n => (0, $"model-{n:00}", (double)n));

        var data = ChartData.Stack(ChartShape.Columns, ChartMeasure.Count, s_bars, cells, Color);

        data.Series.Count.ShouldBe(8);
        data.Series[^1].Name.ShouldBe("Other");
        data.Series[^1].Total.ShouldBe(1 + 2 + 3 + 4 + 5);
        data.Total.ShouldBe(78);
    }

    [Fact]
    public void Stack_SeriesCalledAsTheRest_IsAnother()
    {
        var cells = Enumerable.Range(1, 12).Select(n => (0, n == 12 ? ChartData.Other : $"model-{n:00}", (double)n));

        var data = ChartData.Stack(ChartShape.Columns, ChartMeasure.Count, s_bars, cells, Color);

        data.Series.Where(series => series.Name == ChartData.Other).Select(series => (series.Total, series.IsRest)).ShouldBe([(12, false), (15, true)]);
    }

    [Fact]
    public void Stack_SeriesWithoutValue_IsLeftOut() =>
        ChartData.Stack(ChartShape.Columns, ChartMeasure.Cost, s_bars, [(0, "opus", 0)], Color).IsEmpty.ShouldBeTrue();

    [Fact]
    public void Stack_KeptOrder_IsThatOfTheCells()
    {
        var data = ChartData.Stack(ChartShape.Columns, ChartMeasure.Tokens, s_bars, [(0, "input", 1), (0, "output", 5)], Color, keepOrder: true);

        data.Series.Select(series => series.Name).ShouldBe(["input", "output"]);
    }

    private static string Color(string name, int rank) => name == "opus" ? "--al-c1" : "--al-other";
}
