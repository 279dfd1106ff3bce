using System.Globalization;
using ActivityLog.Web.Shared.Filters;

namespace ActivityLog.Tests.Shared.Filters;

public sealed class PeriodTests
{
    private static readonly DateOnly s_today = new(2026, 11, 19);

    [Theory]
    [InlineData(null, "2026-10-21", "2026-11-19")]
    [InlineData("nonsense", "2026-10-21", "2026-11-19")]
    [InlineData("today", "2026-11-19", "2026-11-19")]
    [InlineData("7d", "2026-11-13", "2026-11-19")]
    [InlineData("month", "2026-11-01", "2026-11-19")]
    [InlineData("last-month", "2026-10-01", "2026-10-31")]
    public void Read_Preset_MovesWithToday(string? range, string first, string last)
    {
        var period = Period.Read(range, null, null, s_today);

        Period.Write(period.First).ShouldBe(first);
        Period.Write(period.Last).ShouldBe(last);
    }

    [Fact]
    public void Read_DaysTheWrongWayRound_AreTurned() =>
        Period.Read("7d", "2026-11-10", "2026-11-01", s_today).ShouldBe(new Period(new(2026, 11, 1), new(2026, 11, 10), null));

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void Read_DayThatNoQueryTakes_CountsAsAbsent(string day)
    {
        Period.Read("7d", day, null, s_today).ShouldBe(Period.Read("7d", null, null, s_today));
        Period.Read(null, "2026-11-01", day, s_today).Last.ShouldBe(s_today);
    }

    [Fact]
    public void Before_ThirtyDays_AreTheThirtyBefore()
    {
        var before = Period.Read(null, null, null, s_today).Before;

        before.Days.ShouldBe(30);
        before.Last.ShouldBe(new DateOnly(2026, 10, 20));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-11-18T23:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-11-18T18:15:00Z")]
    [InlineData("UTC", "2026-11-19T00:00:00Z")]
    public void FromUtc_InAZone_IsItsMidnight(string zone, string expected)
    {
        var filters = new PageFilters { Period = new(s_today, s_today, null), Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) };

        filters.FromUtc.ShouldBe(DateTime.Parse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));
    }
}
