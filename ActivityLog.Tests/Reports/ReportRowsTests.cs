using ActivityLog.Core.Reports;
using ActivityLog.Web.Reports;

namespace ActivityLog.Tests.Reports;

public sealed class ReportRowsTests
{
    private static readonly ReportColumn[] s_columns = [new("tool", "Tool", ReportColumnKind.Tool), new("uses", "Uses", ReportColumnKind.Count)];

    [Theory]
    [InlineData(null, new[] { "Read", "Bash", "Grep" })]
    [InlineData("tool", new[] { "Bash", "Grep", "Read" })]
    [InlineData("-uses", new[] { "Grep", "Read", "Bash" })]
    [InlineData("uses", new[] { "Read", "Grep", "Bash" })]
    [InlineData("nothing", new[] { "Read", "Bash", "Grep" })]
    public void OfPage_Sorted_UnknownIsLastEitherWay(string? sort, string[] expected)
    {
        var rows = new ReportRows(Table(["Read", 2L], ["Bash", null], ["Grep", 7L]), sort, 1);

        rows.OfPage.Select(static row => row[0]).ShouldBe(expected);
    }

    [Theory]
    [InlineData(1, 1, 50)]
    [InlineData(3, 101, 120)]
    [InlineData(9, 101, 120)]
    [InlineData(-1, 1, 50)]
    public void OfPage_ManyRows_ArePaged(int page, int first, int last)
    {
        var rows = new ReportRows(Table([.. Enumerable.Range(1, 120).Select(static n => new object?[] { $"{n}", (long)n })]), "uses", page);

        (rows.First, rows.Last, rows.Pages).ShouldBe((first, last, 3));
        rows.OfPage[0][1].ShouldBe((long)first);
    }

    [Theory]
    [InlineData(50, false, 50)]
    [InlineData(51, true, 51)]
    [InlineData(1000, true, 1000)]
    [InlineData(1001, false, 50)]
    public void OfPage_AllAskedFor_AreOnOnePageUnlessTooMany(int count, bool showsAll, int last)
    {
        var rows = new ReportRows(Table([.. Enumerable.Range(1, count).Select(static n => new object?[] { $"{n}", (long)n })]), null, 1, all: true);

        (rows.ShowsAll, rows.First, rows.Last, rows.OfPage.Count).ShouldBe((showsAll, 1, last, last));
    }

    private static ReportTable Table(params object?[][] rows) => new()
    {
        Info = new ReportInfo("tools", "Tools", "", ReportGroup.Tools, ReportChartKind.Bars),
        Query = new ReportQuery { SystemKeys = [] },
        Columns = s_columns,
        Rows = rows,
        Total = [null, 0L],
        Categories = [],
        Series = [],
    };
}
