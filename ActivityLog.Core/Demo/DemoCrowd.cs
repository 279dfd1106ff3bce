namespace ActivityLog.Core.Demo;

/// <summary>People who work with a coding agent, and the time in which they do. The same crowd does the same, however often it is asked.</summary>
internal sealed record DemoCrowd
{
    /// <summary>What all random numbers begin with.</summary>
    public required ulong Seed { get; init; }

    public required IReadOnlyList<DemoPerson> People { get; init; }

    /// <summary>The first day of work.</summary>
    public required DateOnly First { get; init; }

    /// <summary>How many days until it is what it is going to be: habits grow and models change meanwhile. More may follow.</summary>
    public required int Days { get; init; }

    /// <summary>Models of the time, the oldest first; each for the same part of the days.</summary>
    public required IReadOnlyList<DemoEra> Eras { get; init; }

    /// <summary>Sessions of a usual person on a working day.</summary>
    public required double SessionsPerDay { get; init; }

    /// <summary>How often a sender delivers its metrics.</summary>
    public required TimeSpan MetricInterval { get; init; }

    /// <summary>Messages that a session has, on average; measured.</summary>
    public const double MessagesPerSession = 167;

    private static readonly string[] s_firstNames =
    [
        "mara", "jonas", "priya", "tomas", "aiko", "samuel", "lena", "diego", "noor", "felix", "ingrid", "ravi", "chloe", "omar", "hanna", "lukas", "yuki", "elena", "kwame", "sofia",
    ];

    private static readonly string[] s_lastNames =
    [
        "lindqvist", "weber", "raman", "novak", "tanaka", "okafor", "fischer", "morales", "haddad", "brandt", "solberg", "iyer", "martin", "farouk", "keller", "horvat", "sato", "rossi", "mensah", "costa",
    ];

    private static readonly (string Zone, double Start)[] s_places = [("Europe/Berlin", 8.5), ("Europe/Berlin", 9), ("America/New_York", 9), ("Asia/Kolkata", 10), ("Europe/London", 9)];

    private static readonly (string Team, string Department, string CostCenter, int Language, string[] Repositories)[] s_teams =
    [
        ("checkout", "product", "CC-4100", 0, ["https://github.com/northwind/checkout-web", "https://github.com/northwind/design-system"]),
        ("ledger", "product", "CC-4200", 1, ["https://github.com/northwind/ledger", "https://github.com/northwind/platform-proto"]),
        ("data", "data", "CC-5100", 2, ["https://github.com/northwind/pipelines", "https://github.com/northwind/ledger"]),
        ("platform", "infrastructure", "CC-6100", 5, ["https://github.com/northwind/infra", "https://github.com/northwind/platform-proto"]),
        ("billing", "product", "CC-4300", 3, ["https://github.com/northwind/billing"]),
        ("search", "product", "CC-4400", 4, ["https://github.com/northwind/search-index"]),
        ("mobile", "product", "CC-4500", 6, ["https://github.com/northwind/ios-app", "https://github.com/northwind/design-system"]),
        ("risk", "data", "CC-5200", 2, ["https://github.com/northwind/risk-models", "https://github.com/northwind/pipelines"]),
    ];

    /// <summary>A team of twelve that got its agents a while ago and likes them.</summary>
    public static DemoCrowd Team(DateOnly first, int days) => new()
    {
        Seed = 12,
        People = [.. Enumerable.Range(0, 12).Select(static index => Person(12, index, teams: 4, placed: index % 6 == 5 ? 2 : index % 6 == 4 ? 3 : index % 2))],
        First = first,
        Days = days,
        Eras = [.. DemoEra.All.Skip(2)],
        SessionsPerDay = 1.3,
        MetricInterval = TimeSpan.FromMinutes(1),
    };

    /// <summary>A company with about so many messages.</summary>
    public static DemoCrowd Company(ulong seed, int people, DateOnly first, int days, long messages)
    {
        var crowd = new DemoCrowd
        {
            Seed = seed,
            People = [.. Enumerable.Range(0, people).Select(index => Person(seed, index, s_teams.Length, placed: index % s_places.Length))],
            First = first,
            Days = days,
            Eras = DemoEra.All,
            SessionsPerDay = 1,
            MetricInterval = TimeSpan.FromMinutes(15),
        };
        return crowd with { SessionsPerDay = messages / (MessagesPerSession * crowd.ExpectedSessions()) };
    }

    /// <summary>The sessions of a day (everybody's own local day), in the order of their starts.</summary>
    public IReadOnlyList<DemoSessionPlan> SessionsOf(DateOnly day)
    {
        var sessions = new List<DemoSessionPlan>();
        foreach (var person in People)
        {
            var random = new DemoRandom(DemoRandom.Seed(DemoRandom.Seed(Seed, person.Seed), (ulong)day.DayNumber));
            // Not a count with a long tail: two days of work are much alike.
            var count = (int)(ExpectedSessions(person, day) + random.NextDouble());
            for (var number = 0; number < count; number++)
            {
                sessions.Add(new(person, StartOf(person, day, random), Progress(day), new DemoRandom(random.Next())));
            }
        }

        return [.. sessions.OrderBy(static session => session.Start)];
    }

    /// <summary>The models that a person has on a day.</summary>
    public DemoEra EraOf(DemoPerson person, double progress) =>
        Eras[(int)Math.Clamp((progress - person.Lateness) * Eras.Count, 0, Eras.Count - 1)];

    /// <summary>What is done on days when the provider has trouble fails more often.</summary>
    public double ErrorRate(DateOnly day) => new DemoRandom(DemoRandom.Seed(Seed, (ulong)day.DayNumber)).Chance(0.03) ? 0.12 : 0.006;

    private double ExpectedSessions() =>
        Enumerable.Range(0, Days).Sum(day => People.Sum(person => ExpectedSessions(person, First.AddDays(day))));

    private double ExpectedSessions(DemoPerson person, DateOnly day)
    {
        var isAway = new DemoRandom(DemoRandom.Seed(person.Seed, (ulong)(day.DayNumber / 7))).Chance(0.07);
        var dayOfWeek = day.DayOfWeek switch
        {
            DayOfWeek.Saturday or DayOfWeek.Sunday => person.Weekends,
            DayOfWeek.Friday => 0.75,
            DayOfWeek.Monday => 0.95,
            _ => 1.1,
        };
        // Habits grow, to two and a half times.
        return isAway ? 0 : SessionsPerDay * person.Zeal * dayOfWeek * (0.6 + (0.9 * Math.Min(1, Progress(day))));
    }

    private double Progress(DateOnly day) => Math.Max(0, day.DayNumber - First.DayNumber) / (double)Days;

    // Two hills, with lunch between them.
    private static DateTime StartOf(DemoPerson person, DateOnly day, DemoRandom random)
    {
        var hour = person.StartHour + (random.Chance(0.52) ? 0.2 + (3 * random.NextDouble()) : 4.3 + (3.6 * random.NextDouble()));
        hour = random.Chance(0.05) ? 20 + (2 * random.NextDouble()) : hour;
        var local = day.ToDateTime(TimeOnly.MinValue).AddMilliseconds(Math.Floor(hour * 3_600_000));
        // The clocks may skip an hour, at night; nobody works then.
        return TimeZoneInfo.ConvertTimeToUtc(local, person.Zone);
    }

    private static DemoPerson Person(ulong seed, int index, int teams, int placed)
    {
        var random = new DemoRandom(DemoRandom.Seed(seed, (ulong)index + 1));
        var (team, department, costCenter, language, repositories) = s_teams[index % teams];
        var (first, last) = (s_firstNames[index % s_firstNames.Length], s_lastNames[((index / s_firstNames.Length) + index) % s_lastNames.Length]);
        var (zone, start) = s_places[placed];
        return new()
        {
            Seed = random.Next(),
            Email = $"{first}.{last}@northwind.example",
            OtherName = index % 6 == 2 ? $"{first}.{last}" : null,
            Team = team,
            Department = department,
            CostCenter = costCenter,
            Repositories = repositories,
            Language = DemoLanguage.All[language],
            Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            StartHour = start + random.NextDouble() - 0.5,
            Zeal = Math.Clamp(random.Around(1, 0.5), 0.3, 2.6),
            Depth = index % 3 == 0 ? 0.6 : 0.12 + (0.2 * random.NextDouble()),
            Weekends = index % 5 == 0 ? 0.25 : 0.03,
            Marathons = index % 4 == 0 ? 0.02 : 0.004,
            Lateness = 0.1 * random.NextDouble(),
            Terminal = random.Of(["iTerm.app", "vscode", "ghostty", "tmux", "xterm-256color", "WarpTerminal"]),
            OperatingSystem = index % 4 == 1 ? "linux" : index % 7 == 3 ? "windows" : "darwin",
        };
    }
}
