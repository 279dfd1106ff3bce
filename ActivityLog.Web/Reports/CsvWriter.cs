using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ActivityLog.Core.Reports;

namespace ActivityLog.Web.Reports;

/// <summary>A report as CSV (RFC 4180): a head, then a row a row, texts quoted. Without a total, so that a sum over a column is right.</summary>
internal static partial class CsvWriter
{
    public const string ContentType = "text/csv; charset=utf-8";

    public const string LineEnd = "\r\n";

    public static byte[] Write(ReportTable table)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(static column => column.Name)).Append(LineEnd);
        foreach (var row in table.Rows)
        {
            text.AppendJoin(',', table.Columns.Zip(row).Select(static pair => Cell(ReportView.Cell(pair.First, pair.Second)))).Append(LineEnd);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A cell: numbers plain, texts quoted.</summary>
    public static string Cell(object? cell) => cell switch
    {
        null => "",
        string text => Quote(Harmless(text)),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quote(cell.ToString() ?? ""),
    };

    // A spreadsheet runs what begins like this as a formula, and the texts are the senders'. One that parts cells at
    // something else than commas and quotes sees a beginning there, too.
    private static string Harmless(string text) => Beginning().Replace(text, "'");

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"(?<=^|[;\t\r\n])(?=[=+\-@\t\r])", RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();
}
