using System.Diagnostics;

namespace ActivityLog.Bench;

/// <summary>How fast the product answers with a company's year under it, on one engine.</summary>
internal sealed class ReportsMeasure(string program, string samples, IReportsDatabase database, long messages, TimeProvider clock)
{
    /// <summary>The installation's time zone.</summary>
    public const string Zone = "Europe/Berlin";

    /// <summary>The part that writes, too.</summary>
    public const string Ingest = "ingest";

    /// <summary>Days of the crowd.</summary>
    public const int Days = 365;

    private const int MonthDays = 30;
    private const int QuarterDays = 90;
    private const int MostRuns = 25;
    private const int LeastRuns = 5;

    // Of one question, warm: what is slow is asked less often.
    private static readonly TimeSpan s_asking = TimeSpan.FromSeconds(1.5);

    /// <summary>The crowd's first day: all of its year has gone by.</summary>
    public static DateOnly First { get; } = new(2025, 1, 1);

    /// <summary>What is measured, in order.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["questions", "overview", "export", Ingest];

    /// <summary>Fills the database where it isn't, measures, and prints it.</summary>
    /// <param name="parts">Of <see cref="Parts"/>.</param>
    /// <returns>p95 of each question, by its name and days.</returns>
    public async Task<IReadOnlyDictionary<(string Name, int Days), double>> RunAsync(IReadOnlyCollection<string> parts)
    {
        if (!database.IsFilled)
        {
            // The product makes its tables, and begins with the zone of its days.
            await using (await ProductServer.StartAsync(program, database.Settings))
            {
            }

            await ReportsFill.RunAsync(database, messages, clock);
        }

        Console.WriteLine($"### {database.Engine}, {messages:n0} messages");
        Console.WriteLine();
        IReadOnlyDictionary<(string Name, int Days), double> p95 = new Dictionary<(string Name, int Days), double>();
        foreach (var part in Parts.Where(parts.Contains))
        {
            switch (part)
            {
                case "questions":
                    p95 = await AskAllAsync();
                    break;
                case "overview":
                    await BrowseAsync();
                    break;
                case "export":
                    await ExportAsync();
                    break;
                default:
                    Console.WriteLine(await IngestBeside.RunAsync(program, samples, database, clock));
                    Console.WriteLine();
                    break;
            }
        }

        return p95;
    }

    private async Task<IReadOnlyDictionary<(string Name, int Days), double>> AskAllAsync()
    {
        await using var server = await ProductServer.StartAsync(program, database.Settings);
        using var client = await server.LoginAsync();
        var questions = new Questions(database, await Questions.SlugsAsync(client));
        var session = await Questions.DearestSessionAsync(client, QuarterDays);
        var ofQuarter = questions.Reports(QuarterDays).Concat(questions.Others(QuarterDays, session)).ToList();
        var ofYear = questions.Reports(Days).Concat(questions.Others(Days, session)).ToList();
        var quarter = await AskAsync(client, ofQuarter);
        var year = await AskAsync(client, ofYear);

        Console.WriteLine("| Milliseconds | 90 days: cold | p50 | p95 | plain SQL | faster | A year: cold | p50 | p95 | plain SQL | faster |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var ((question, timings), (_, timingsOfYear)) in quarter.Zip(year))
        {
            Console.WriteLine($"| {question.Name} | {timings} | {timingsOfYear} |");
        }

        Console.WriteLine();
        return quarter.Select(static one => (one.Question.Name, QuarterDays, one.Timings.P95)).Concat(year.Select(static one => (one.Question.Name, Days, one.Timings.P95)))
            .ToDictionary(static one => (one.Name, one.Item2), static one => one.P95);
    }

    // All of them once, then each again and again, and right after it the same as plain SQL.
    private async Task<List<(Question Question, Timings Timings)>> AskAsync(HttpClient client, List<Question> questions)
    {
        var cold = new List<double>();
        foreach (var question in questions)
        {
            cold.Add(await TimeAsync(() => ReadAsync(client, question)));
        }

        var answers = new List<(Question, Timings)>();
        foreach (var (question, first) in questions.Zip(cold))
        {
            var warm = await RepeatAsync(() => ReadAsync(client, question), MostRuns, LeastRuns);
            var sql = question.Sql is { } text ? await RepeatAsync(() => database.ReadAsync(text), 5, 1) : null;
            var timings = new Timings(first, Timings.Percentile(warm, 0.5), Timings.Percentile(warm, 0.95), sql is null ? null : Timings.Percentile(sql, 0.5));
            answers.Add((question, timings));
            Console.Error.WriteLine($"{database.Engine}, {messages:n0}, {question.Path}: {timings}");
        }

        return answers;
    }

    private async Task BrowseAsync()
    {
        await using var server = await ProductServer.StartAsync(program, database.Settings);
        foreach (var days in (int[])[MonthDays, QuarterDays])
        {
            var times = await OverviewInBrowser.RunAsync(server, Questions.Range(days) + $"&tz={Uri.EscapeDataString(Zone)}");
            Console.WriteLine(
                $"The overview of {days} days in Chromium, from the click to its last chart: {times[0]:0} ms the first time, then p50 {Timings.Percentile(times.Skip(1), 0.5):0} ms, "
                + $"p95 {Timings.Percentile(times.Skip(1), 0.95):0} ms.");
        }

        Console.WriteLine();
    }

    private async Task ExportAsync()
    {
        await using var server = await ProductServer.StartAsync(program, database.Settings);
        using var client = await server.LoginAsync();
        var before = server.PeakMemory;
        var watch = Stopwatch.StartNew();
        var (rows, bytes) = await CsvExport.ReadAsync(client, $"/api/v1/messages/export?format=csv&{Questions.Range(Days)}", most: 1_000_000);
        Console.WriteLine(
            $"Export as CSV: {rows:n0} rows, {bytes / 1e6:n0} MB in {watch.Elapsed.TotalSeconds:0.0} s; the server's memory at its peak {server.PeakMemory / 1e6:0} MB ({before / 1e6:0} MB before).");
        Console.WriteLine();
    }

    private static async Task<int> ReadAsync(HttpClient client, Question question)
    {
        using var response = await client.GetAsync(question.Path);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? body.Length
            : throw new InvalidOperationException($"{question.Path} was answered {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    private static async Task<List<double>> RepeatAsync(Func<Task<int>> run, int most, int least)
    {
        var times = new List<double>();
        var watch = Stopwatch.StartNew();
        while (times.Count < least || (times.Count < most && watch.Elapsed < s_asking))
        {
            times.Add(await TimeAsync(run));
        }

        return times;
    }

    private static async Task<double> TimeAsync(Func<Task<int>> run)
    {
        var watch = Stopwatch.StartNew();
        await run();
        return watch.Elapsed.TotalMilliseconds;
    }
}
