using System.Globalization;

namespace ActivityLog.Bench;

/// <summary>CPU time of a Linux process and its children, those that have ended included.</summary>
internal static class ProcessTree
{
    private const double TicksPerSecond = 100;

    public static TimeSpan Cpu(int parent)
    {
        var ticks = 0L;
        foreach (var directory in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id) || Read(id) is not { } stat)
            {
                continue;
            }

            // After the name in parentheses: state, parent …; 12th to 15th: utime, stime, and both of the children that were waited for.
            if (id == parent)
            {
                ticks += Number(stat, 11) + Number(stat, 12) + Number(stat, 13) + Number(stat, 14);
            }
            else if (Number(stat, 1) == parent)
            {
                ticks += Number(stat, 11) + Number(stat, 12);
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static long Number(string[] stat, int index) => long.Parse(stat[index], CultureInfo.InvariantCulture);

    private static string[]? Read(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return null;
        }
    }
}
