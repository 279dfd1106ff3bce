using ActivityLog.Core.Reports;
using ActivityLog.Web.Reports;
using ActivityLog.Web.Shared.Filters;

namespace ActivityLog.Tests.Reports;

public sealed class ReportLinksTests
{
    private const string Range = "from=2026-11-01&to=2026-11-07&tz=UTC";

    private static readonly ReportColumn s_user = new("user", "User", ReportColumnKind.User) { Filter = "userName" };
    private static readonly ReportColumn s_tool = new("tool", "Tool", ReportColumnKind.Tool) { Filter = "toolName" };
    private static readonly ReportColumn s_day = new("day", "Day", ReportColumnKind.Day) { Filter = ReportColumn.DayFilter };
    private static readonly ReportColumn s_source = new("source", "Source", ReportColumnKind.Text);
    private static readonly ReportColumn s_uses = new("uses", "Uses", ReportColumnKind.Count);

    [Fact]
    public void Category_RowsToldApartByTwoNames_OpensAllOfTheFirst()
    {
        var links = Links("type=ai.tool", [s_user, s_tool, s_uses], ["mira", "Bash", 7L], ["mira", "Read", 5L], [null, "Read", 1L]);

        links.Category("mira").ShouldBe($"/messages?{Range}&type=ai.tool&userName=mira");
        links.Category(null).ShouldBe($"/messages?{Range}&type=ai.tool&userName=");
        links.Category("nobody").ShouldBeNull();
    }

    [Fact]
    public void Category_Session_OpensIt() =>
        Links(Behind.Calls, [new("sessionId", "Session", ReportColumnKind.Session) { Filter = "sessionId" }, s_uses], ["s-1", 7L]).Category("s-1").ShouldBe("/sessions/s-1?tz=UTC");

    [Fact]
    public void Row_Prompt_OpensItsSessionAtThePromptInThePagesZone()
    {
        ReportColumn[] columns = [new("promptId", "Prompt", ReportColumnKind.Prompt) { Filter = "promptId" }, new("sessionId", "Session", ReportColumnKind.Session) { Filter = "sessionId" }, s_uses];
        object?[] row = ["p-1", "s-1", 7L];
        var links = Links(Behind.Calls, columns, row);

        links.Row(row).ShouldBe("/sessions/s-1?tz=UTC&prompt=p-1");
        links.Category("p-1").ShouldBe("/sessions/s-1?tz=UTC&prompt=p-1");
        links.Session(row).ShouldBe("/sessions/s-1?tz=UTC");
    }

    [Theory]
    [InlineData(null, $"/messages?from=2026-11-02&to=2026-11-02&tz=UTC&{Behind.Calls}")]
    [InlineData(ReportColumn.OfNoMessages, null)]
    [InlineData(ReportColumn.OfSessions, "/sessions?from=2026-11-02&to=2026-11-02&tz=UTC")]
    [InlineData(ReportColumn.OfUses, "/messages?from=2026-11-02&to=2026-11-02&tz=UTC&type=ai.tool&status=ok&status=error&status=")]
    public void Cell_Column_OpensWhatItCounts(string? which, string? expected)
    {
        var column = s_uses with { Behind = which };

        Links(Behind.Calls, [s_day, column], ["2026-11-02", 7L]).Cell(["2026-11-02", 7L], column).ShouldBe(expected);
    }

    [Fact]
    public void Cell_SpendThatOnlyMetricsTell_LeadsToNoMessages() =>
        Links(Behind.Calls, [s_user, s_source, s_uses], ["mira", "metrics", 7L]).Cell(["mira", "metrics", 7L], s_uses).ShouldBeNull();

    private static ReportLinks Links(string which, ReportColumn[] columns, params object?[][] rows)
    {
        var filters = PageFilters.Read($"http://localhost/reports/tools?{Range}", TimeZoneInfo.Utc, new(2026, 11, 19, 0, 0, 0, DateTimeKind.Utc));
        return new ReportLinks(
            new ReportTable
            {
                Info = new ReportInfo("tools", "Tools", "", ReportGroup.Tools, ReportChartKind.Bars) { Behind = which },
                Query = new ReportQuery { SystemKeys = [] },
                Columns = columns,
                Rows = rows,
                Total = [.. columns.Select(static _ => (object?)null)],
                Categories = [],
                Series = [],
            },
            new Behind(filters));
    }
}
