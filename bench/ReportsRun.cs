using System.Globalization;

namespace ActivityLog.Bench;

/// <summary><c>bench/run reports</c>: engines and sizes one after the other, and what ten times as many messages cost.</summary>
internal static class ReportsRun
{
    private static readonly long[] s_sizes = [1_000_000, 10_000_000];

    /// <summary>Runs what the arguments name: <c>[postgres|sqlite] [questions|overview|export|ingest] [messages…] [--keep DIRECTORY]</c>.</summary>
    public static async Task RunAsync(string program, string[] arguments)
    {
        var postgres = Environment.GetEnvironmentVariable("ACTIVITYLOG_TEST_POSTGRES")
            ?? throw new InvalidOperationException("ACTIVITYLOG_TEST_POSTGRES isn't set: start this by bench/run.");
        var keep = Array.IndexOf(arguments, "--keep") is >= 0 and var at ? Path.GetFullPath(arguments[at + 1]) : null;
        var words = arguments.TakeWhile(static word => word != "--keep").ToList();
        string[] engines = [.. words.Where(static word => word is "postgres" or "sqlite")];
        string[] parts = [.. words.Intersect(ReportsMeasure.Parts)];
        long[] sizes = [.. words.Except(engines).Except(parts).Select(static word => long.Parse(word, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];
        var samples = Path.Combine(AppContext.BaseDirectory, "samples");
        var clock = TimeProvider.System;
        sizes = sizes is [] ? s_sizes : sizes;
        parts = parts is [] ? [.. ReportsMeasure.Parts] : parts;

        Console.WriteLine($"{Machine.Describe()}; {clock.GetUtcNow():yyyy-MM-dd}.");
        Console.WriteLine();
        foreach (var engine in engines is [] ? ["postgres", "sqlite"] : engines)
        {
            var answers = new List<IReadOnlyDictionary<(string Name, int Days), double>>();
            foreach (var size in sizes)
            {
                await using IReportsDatabase database = engine == "postgres" ? await PostgresReports.OpenAsync(postgres, size) : SqliteReports.Open(size, keep);
                answers.Add(await new ReportsMeasure(program, samples, database, size, clock).RunAsync(size == sizes[^1] ? parts : [.. parts.Where(static part => part != ReportsMeasure.Ingest)]));
            }

            if (answers is [var small, .., { Count: > 0 } large])
            {
                PrintGrowth(engine, sizes[0], sizes[^1], small, large);
            }
        }
    }

    private static void PrintGrowth(
        string engine, long less, long more, IReadOnlyDictionary<(string Name, int Days), double> small, IReadOnlyDictionary<(string Name, int Days), double> large)
    {
        Console.WriteLine($"### {engine}: {more:n0} messages against {less:n0}, p95");
        Console.WriteLine();
        Console.WriteLine("| Question | Days | Milliseconds | against | Times |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var ((name, days), value) in large)
        {
            Console.WriteLine($"| {name} | {days} | {value:0.0} | {small[(name, days)]:0.0} | {value / small[(name, days)]:0.0} |");
        }

        Console.WriteLine();
    }
}
