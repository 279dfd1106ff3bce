using ActivityLog.Web.Shared.Filters;

namespace ActivityLog.Tests.Shared.Filters;

public sealed class PageFiltersTests
{
    private static readonly DateTime s_now = new(2026, 11, 19, 20, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Read_AllThatCanBeSaid_IsRead()
    {
        var filters = Read("?range=7d&tz=Asia/Kolkata&user=mira&user=&model=opus&serviceName=cli&metadata.team.id=core&by=week");

        // In Kolkata it is the next day already.
        filters.Period.Last.ShouldBe(new DateOnly(2026, 11, 20));
        filters.Period.First.ShouldBe(new DateOnly(2026, 11, 14));
        filters.Users.ShouldBe(["mira", ""]);
        filters.Models.ShouldBe(["opus"]);
        filters.Services.ShouldBe(["cli"]);
        filters.Metadata.ShouldBe([new("team.id", "core")]);
        filters.IsNarrowed.ShouldBeTrue();
    }

    [Fact]
    public void Query_OtherParameters_AreLeftOut() =>
        Read("?range=7d&by=week&sort=-calls&page=2&metadata.team=core").Query.ShouldBe("?range=7d&metadata.team=core");

    [Fact]
    public void Read_SystemThatIsNone_LeavesNothingRatherThanAll() => Read("?systemId=x").Systems.ShouldBe([Guid.Empty]);

    [Fact]
    public void SessionsOrMessages_FilterOfSessions_IsHandedOnWithThePages()
    {
        var behind = new Behind(Read("?from=2026-11-01&to=2026-11-07&tz=UTC&user=mira&model=opus"));

        behind.SessionsOrMessages(Behind.Calls, new DateOnly(2026, 11, 2), null, KeyValuePair.Create("userName", (string?)"tomas"))
            .ShouldBe("/sessions?from=2026-11-02&to=2026-11-02&tz=UTC&model=opus&user=tomas");
        behind.SessionsOrMessages("type=ai.tool", null, null, KeyValuePair.Create("toolName", (string?)"Bash"))
            .ShouldBe("/messages?from=2026-11-01&to=2026-11-07&tz=UTC&userName=mira&model=opus&type=ai.tool&toolName=Bash");
    }

    private static PageFilters Read(string query) => PageFilters.Read("http://localhost/reports/cost-by-day" + query, TimeZoneInfo.Utc, s_now);
}
