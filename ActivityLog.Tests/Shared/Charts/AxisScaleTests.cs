using ActivityLog.Web.Shared.Charts;

namespace ActivityLog.Tests.Shared.Charts;

public sealed class AxisScaleTests
{
    [Theory]
    [InlineData(ChartMeasure.Cost, 269.35e9, new double[] { 0, 100e9, 200e9, 300e9 })]
    [InlineData(ChartMeasure.Cost, 400e9, new double[] { 0, 100e9, 200e9, 300e9, 400e9 })]
    [InlineData(ChartMeasure.Count, 2, new double[] { 0, 1, 2 })]
    [InlineData(ChartMeasure.Share, 0.95, new double[] { 0, 0.25, 0.5, 0.75, 1 })]
    [InlineData(ChartMeasure.Duration, 41_000, new double[] { 0, 15_000, 30_000, 45_000 })]
    [InlineData(ChartMeasure.Duration, 200_000, new double[] { 0, 60_000, 120_000, 180_000, 240_000 })]
    [InlineData(ChartMeasure.Cost, 0, new double[] { 0 })]
    public void Levels_Largest_AreRoundAndReachIt(ChartMeasure measure, double largest, double[] levels) =>
        new AxisScale(largest, measure).Levels.ShouldBe(levels, 1e-6);

    [Theory]
    [InlineData(ChartMeasure.Cost, 300e9, "$300")]
    [InlineData(ChartMeasure.Cost, 2.5e6, "$0.0025")]
    [InlineData(ChartMeasure.Cost, 12_000e9, "$12,000")]
    [InlineData(ChartMeasure.Tokens, 2_500_000, "2.5\u202fM")]
    [InlineData(ChartMeasure.Share, 0.0025, "0.25%")]
    [InlineData(ChartMeasure.Duration, 120_000, "2 min")]
    public void Axis_Level_IsShort(ChartMeasure measure, double level, string expected) => MeasureText.Axis(measure, level).ShouldBe(expected);
}
