using System.Text;

namespace ActivityLog.Tests.Support;

/// <summary>Reads CSV as RFC 4180 says it.</summary>
internal static class Csv
{
    /// <summary>The rows after the head, cells by the head's names.</summary>
    public static List<Dictionary<string, string>> Read(string text)
    {
        var lines = Lines(text);
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(static cell => cell.First, static cell => cell.Second))];
    }

    private static List<List<string>> Lines(string text)
    {
        List<List<string>> lines = [];
        List<string> line = [];
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[i++]);
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && (text[i] == ',' || text[i] == '\n'))
            {
                line.Add(cell.ToString());
                cell.Clear();
                if (text[i] == '\n')
                {
                    lines.Add(line);
                    line = [];
                }
            }
            else if (isQuoted || text[i] != '\r')
            {
                cell.Append(text[i]);
            }
        }

        return lines;
    }
}
