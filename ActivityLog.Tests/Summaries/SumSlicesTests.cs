using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Tests.Summaries;

public sealed class SumSlicesTests
{
    private const string Utc = "UTC";
    private const string Kolkata = "Asia/Kolkata";
    private const string LordHowe = "Australia/Lord_Howe";

    [Theory]
    [InlineData(Utc, Utc, "2026-05-01T00:00Z", "2026-05-03T00:00Z", "days 20574-20576")]
    [InlineData(Utc, Utc, null, null, "days -")]
    [InlineData(Utc, Utc, null, "2026-05-03T12:00Z", "days -20576 quarters 1975296-1975344")]
    [InlineData(Utc, Utc, "2026-05-01T12:00Z", "2026-05-01T13:00Z", "quarters 1975152-1975156")]
    [InlineData(Utc, Utc, "2026-05-01T12:00Z", "2026-05-03T12:00Z", "days 20575-20576 quarters 1975152-1975200 quarters 1975296-1975344")]
    [InlineData(Kolkata, Utc, "2026-04-30T18:30Z", "2026-05-02T18:30Z", "quarters 1975082-1975274")]
    [InlineData(Kolkata, Kolkata, "2026-04-30T18:30Z", "2026-05-02T18:30Z", "days 20574-20576")]
    [InlineData("Asia/Calcutta", Kolkata, "2026-04-30T18:30Z", "2026-05-02T18:30Z", "days 20574-20576")]
    [InlineData(LordHowe, LordHowe, "2026-04-04T13:00Z", "2026-04-05T13:30Z", "days 20548-20549")]
    [InlineData(Utc, Utc, "2026-05-01T12:07Z", null, null)]
    [InlineData("Africa/Monrovia", Utc, "1971-06-01T00:00Z", "1971-07-01T00:00Z", null)]
    [InlineData("Africa/Monrovia", Utc, "2026-05-01T00:00Z", "2026-05-02T00:00Z", "days 20574-20575")]
    [InlineData(Utc, null, "2026-05-01T00:00Z", "2026-05-03T00:00Z", "quarters 1975104-1975296")]
    [InlineData(Utc, Utc, "2026-05-03T00:00Z", "2026-05-01T00:00Z", "")]
    public void Of_DaysOfAZone_AreWholeDaysAndQuartersForTheRest(string zone, string? days, string? from, string? to, string? slices) =>
        Slices(zone, days, from, to, TimeBucket.Day).ShouldBe(slices);

    [Fact]
    public void Of_NoPiecesOfTime_TakesDaysOfWhateverZone() =>
        Slices(Kolkata, Utc, "2026-04-30T18:30Z", "2026-05-02T18:30Z", null).ShouldBe("days 20574-20575 quarters 1975082-1975104 quarters 1975200-1975274");

    [Fact]
    public void Of_Hours_TakesQuarters() =>
        Slices(Utc, Utc, "2026-05-01T00:00Z", "2026-05-02T00:00Z", TimeBucket.Hour).ShouldBe("quarters 1975104-1975200");

    [Theory]
    // A Monday to a Monday; within a week; from a Wednesday to a Tuesday; six days more than a week; without bounds.
    [InlineData("2026-05-04T00:00Z", "2026-05-18T00:00Z", "weeks 2940-2942")]
    [InlineData("2026-05-05T00:00Z", "2026-05-11T00:00Z", "days 20578-20584")]
    [InlineData("2026-05-06T00:00Z", "2026-05-19T00:00Z", "weeks 2941-2942 days 20579-20584 days 20591-20592")]
    [InlineData("2026-05-01T12:00Z", "2026-05-14T06:00Z", "weeks 2940-2941 days 20575-20577 days 20584-20587 quarters 1975152-1975200 quarters 1976352-1976376")]
    [InlineData(null, "2026-05-06T00:00Z", "weeks -2940 days 20577-20579")]
    [InlineData("2026-05-06T00:00Z", null, "weeks 2941- days 20579-20584")]
    [InlineData(null, null, "weeks -")]
    public void ByWeeks_OfARange_TakesEachDayOnce(string? from, string? to, string slices) =>
        Text(SumSlices.ByWeeks(SumSlices.Of(Time(from), Time(to), Zone(Utc)!, null, Zone(Utc))!)).ShouldBe(slices);

    private static string? Slices(string zone, string? days, string? from, string? to, TimeBucket? finest)
    {
        var found = SumSlices.Of(Time(from), Time(to), Zone(zone)!, finest, Zone(days));
        return found is null ? null : Text(found);
    }

    private static string Text(IEnumerable<SumSlice> slices) => string.Join(' ', slices.Select(static one => $"{one.Grain.ToString().ToLowerInvariant()}s {one.From}-{one.To}"));

    private static TimeZoneInfo? Zone(string? name) => name is null ? null : TimeZoneInfo.FindSystemTimeZoneById(name);

    private static DateTime? Time(string? text) => text is null ? null : QueryTimes.TryParse(text, TimeZoneInfo.Utc, isEnd: false)!.Value;
}
