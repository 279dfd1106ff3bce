using System.Text;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Reports;

namespace ActivityLog.Tests.Reports;

public sealed class CsvWriterTests
{
    [Theory]
    [InlineData("claude-opus-4", "\"claude-opus-4\"")]
    [InlineData("say \"x\", or y", "\"say \"\"x\"\", or y\"")]
    [InlineData("=1+2", "\"'=1+2\"")]
    [InlineData("@sum", "\"'@sum\"")]
    [InlineData("a;=1+2", "\"a;'=1+2\"")]
    [InlineData("a\n-1", "\"a\n'-1\"")]
    [InlineData("a\t+1", "\"a\t'+1\"")]
    [InlineData("a-b, c+d", "\"a-b, c+d\"")]
    public void Write_Text_IsQuotedAndNoFormula(string text, string cell)
    {
        var table = new ReportTable
        {
            Info = new ReportInfo("s", "t", "d", default, default),
            Query = new ReportQuery { SystemKeys = [], Zone = TimeZoneInfo.Utc },
            Columns = [new("name", "", ReportColumnKind.Text), new("calls", "", ReportColumnKind.Count)],
            Rows = [[text, -3L]],
            Total = [null, -3L],
            Categories = [],
            Series = [],
        };

        var csv = Encoding.UTF8.GetString(CsvWriter.Write(table));

        csv.ShouldBe($"name,calls\r\n{cell},-3\r\n");
    }
}
