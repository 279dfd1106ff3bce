using ActivityLog.Core.Pricing;

namespace ActivityLog.Tests.Pricing;

public sealed class NanodollarsTests
{
    [Theory]
    [InlineData("0.0116576", 11_657_600L)]
    [InlineData("0.053437799999999994", 53_437_800L)]
    [InlineData("1.2e-05", 12_000L)]
    [InlineData("1E3", 1_000_000_000_000L)]
    [InlineData("0", 0L)]
    [InlineData("-0.5", -500_000_000L)]
    [InlineData("0.0000000005", 0L)]
    [InlineData("0.0000000015", 2L)]
    [InlineData("0.00000000151", 2L)]
    [InlineData("9223372036.854775807", long.MaxValue)]
    public void FromUsd_Text_IsRoundedHalfToEven(string usd, long expected) => Nanodollars.FromUsd(usd).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("free")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("1e999999999")]
    [InlineData("9223372036.854775808")]
    [InlineData("NaN")]
    public void FromUsd_NoAmount_IsNull(string usd) => Nanodollars.FromUsd(usd).ShouldBeNull();

    [Theory]
    [InlineData(0.0116576, 11_657_600L)]
    [InlineData(0.1 + 0.2, 300_000_000L)]
    [InlineData(4.94065645841247E-324, null)]
    [InlineData(double.NaN, null)]
    [InlineData(double.PositiveInfinity, null)]
    public void FromUsd_Double_IsItsShortestDecimal(double usd, long? expected) => Nanodollars.FromUsd(usd).ShouldBe(expected);

    [Theory]
    [InlineData(499L, 0L)]
    [InlineData(500L, 0L)]
    [InlineData(501L, 1L)]
    [InlineData(1_500L, 2L)]
    [InlineData(2_500L, 2L)]
    [InlineData(-500L, 0L)]
    [InlineData(-1_500L, -2L)]
    public void ToMicrodollars_Sum_IsRoundedHalfToEven(long nanodollars, long expected) => Nanodollars.ToMicrodollars(nanodollars).ShouldBe(expected);

    [Fact]
    public void FromMicrodollars_TooLarge_IsNull() => Nanodollars.FromMicrodollars(long.MaxValue).ShouldBeNull();
}
