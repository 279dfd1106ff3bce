using ActivityLog.Web.Shared;

namespace ActivityLog.Tests.Shared;

public sealed class FormatTests
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo s_kathmandu = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu");

    [Theory]
    [InlineData(0L, "$0")]
    [InlineData(4_213_000L, "$0.0042")]
    [InlineData(27_000L, "$0.000027")]
    [InlineData(999_940_000L, "$0.9999")]
    [InlineData(999_990_000L, "$1.00")]
    [InlineData(1_235_000_000L, "$1.24")]
    [InlineData(999_990_000_000L, "$999.99")]
    [InlineData(999_996_000_000L, "$1,000")]
    [InlineData(3_522_920_000_000L, "$3,523")]
    public void Money_Headline_HasSensibleDigits(long nanodollars, string expected) => Format.Money(nanodollars).ShouldBe(expected);

    [Fact]
    public void Money_Unknown_IsADash() => Format.Money(null).ShouldBe("–");

    [Theory]
    [InlineData(1_497_160_000_000L, 2, "$1,497.16")]
    [InlineData(76_400_000L, 4, "$0.0764")]
    [InlineData(12_000L, 4, "$0.000012")]
    [InlineData(0L, 2, "$0")]
    [InlineData(4_999_999L, 2, "<$0.01")]
    [InlineData(5_100_000L, 2, "$0.01")]
    public void Money_Cell_HasTheColumnsDigits(long nanodollars, int digits, string expected) => Format.Money(nanodollars, digits).ShouldBe(expected);

    [Theory]
    [InlineData(4_213_500L, "$0.004214")]
    [InlineData(4_212_500L, "$0.004212")]
    public void MoneyExact_HalfAMicrodollar_RoundsToEven(long nanodollars, string expected) => Format.MoneyExact(nanodollars).ShouldBe(expected);

    [Theory]
    [InlineData(764L, "764")]
    [InlineData(12_400L, "12.4\u202fk")]
    [InlineData(148_960L, "149\u202fk")]
    [InlineData(999_499L, "999\u202fk")]
    [InlineData(999_500L, "1.0\u202fM")]
    [InlineData(3_100_000L, "3.1\u202fM")]
    [InlineData(449_000_000L, "449\u202fM")]
    [InlineData(4_960_000_000L, "4.96\u202fB")]
    public void Tokens_AnySize_IsShort(long count, string expected) => Format.Tokens(count).ShouldBe(expected);

    [Theory]
    [InlineData(38, "38 ms")]
    [InlineData(5_400, "5.4 s")]
    [InlineData(59_960, "1 min 0 s")]
    [InlineData(82_000, "1 min 22 s")]
    [InlineData(9_660_000, "2 h 41 min")]
    public void Duration_AnySize_HasTwoUnitsAtMost(double milliseconds, string expected) => Format.Duration(milliseconds).ShouldBe(expected);

    [Theory]
    [InlineData(3_523, 3_134, "↑ 12.4%")]
    [InlineData(50, 100, "↓ 50.0%")]
    [InlineData(100, 100, "±0%")]
    [InlineData(5, 0, "new")]
    [InlineData(0, 0, "")]
    public void Change_AgainstBefore_HasAnArrow(double current, double before, string expected) => Format.Change(current, before).ShouldBe(expected);

    [Fact]
    public void ChangeInPoints_OfARate_SaysPoints() => Format.ChangeInPoints(0.007, 0.005).ShouldBe("↑ 0.2 pts");

    [Theory]
    [InlineData(0, "0.0%")]
    [InlineData(0.0003, "<0.1%")]
    [InlineData(0.425, "42.5%")]
    [InlineData(0.9997, ">99.9%")]
    [InlineData(1, "100.0%")]
    public void Rate_NearlyNothingOrAll_IsNeither(double ratio, string expected) => Format.Rate(ratio).ShouldBe(expected);

    [Fact]
    public void Share_OfNothing_IsUnknown() => Format.Share(0, 0).ShouldBe("–");

    [Fact]
    public void Full_InAZone_NamesItsOffset()
    {
        var utc = new DateTime(2026, 11, 19, 13, 31, 41, DateTimeKind.Utc);

        Format.Full(utc, s_berlin).ShouldBe("Thu 19 Nov 2026, 14:31:41 UTC+1");
        Format.Full(utc, s_kathmandu).ShouldBe("Thu 19 Nov 2026, 19:16:41 UTC+5:45");
    }

    [Fact]
    public void Days_FromTo_IncludesBoth() => Format.Days(new(2026, 10, 21), new(2026, 11, 19)).ShouldBe("21 Oct – 19 Nov");

    [Fact]
    public void Days_OfTwoYears_NamesThem() => Format.Days(new(2025, 11, 30), new(2026, 11, 29)).ShouldBe("30 Nov 2025 – 29 Nov 2026");

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.04, "0.04")]
    [InlineData(0.3, "0.3")]
    [InlineData(12, "12")]
    [InlineData(12.44, "12.4")]
    [InlineData(1_234.4, "1,234")]
    public void PerSecond_AnyRate_HasSensibleDigits(double rate, string expected) => Format.PerSecond(rate).ShouldBe(expected);

    [Theory]
    [InlineData(764L, "764\u202fB")]
    [InlineData(12_700L, "12.4\u202fKiB")]
    [InlineData(134_217_728L, "128.0\u202fMiB")]
    [InlineData(1_610_612_736L, "1.5\u202fGiB")]
    public void Bytes_AnySize_HasItsUnit(long bytes, string expected) => Format.Bytes(bytes).ShouldBe(expected);
}
