namespace ActivityLog.Core.Summaries;

/// <summary>A table of sums: what its rows stand for and what they add up.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions beside System, grain and time, in the order of <see cref="SumKey"/>.</param>
/// <param name="HasSession">Whether sessions are a dimension, too. Sets of attributes are one of every table.</param>
/// <param name="Numbers">The columns of its numbers, in the order of <see cref="SumNumbers"/>.</param>
/// <param name="Histograms">The columns of its histograms.</param>
/// <param name="HasWeeks">Whether it has rows of <see cref="SummaryGrain.Week"/>.</param>
/// <param name="Subject">The dimensions that rows of <see cref="SummaryGrain.SubjectDay"/> have; empty for a table without such rows.</param>
internal sealed record SumTable(
    string Name,
    IReadOnlyList<SumColumn> Dimensions,
    bool HasSession,
    IReadOnlyList<string> Numbers,
    IReadOnlyList<string> Histograms,
    bool HasWeeks,
    params IReadOnlyList<string> Subject)
{
    private const string SystemKey = "system_key";
    private const string SetKey = "set_key";
    private const string SessionKey = "session_key";
    private const string PromptSize = "prompt_size";
    private const string ToolId = "tool_id";

    private static readonly SumColumn s_type = new("type", IsSmall: true, IsNullable: false);
    private static readonly SumColumn s_status = new("status", IsSmall: true);
    private static readonly SumColumn s_model = new("model_id");
    private static readonly SumColumn s_user = new("user_id");
    private static readonly SumColumn s_service = new("service_id");

    public static SumTable Spend { get; } = new(
        "spend_sums",
        [s_model, s_user, s_service, new(PromptSize, IsSmall: true, IsNullable: false)],
        HasSession: false,
        ["calls", "cost_nanodollars", "costed_calls", "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens"],
        ["durations", "ttfts"],
        HasWeeks: true,
        s_model.Name, PromptSize);

    public static SumTable Tools { get; } = new(
        "tool_sums", [new(ToolId), s_user, s_service], HasSession: false, ["uses", "errors", "denied", "accepted", "rejected"], ["durations"], HasWeeks: true, ToolId);

    public static SumTable Counts { get; } = new(
        "count_sums",
        [s_type, s_status, s_model, s_user, s_service],
        HasSession: false,
        ["messages", "retries"],
        [],
        HasWeeks: false,
        s_type.Name, s_status.Name, s_model.Name);

    public static SumTable Sessions { get; } = new(
        "session_sums",
        [s_user, s_model, s_service],
        HasSession: true,
        ["prompts", "generations", "tools", "errors", "messages", "cost_nanodollars", "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens"],
        [],
        HasWeeks: false,
        SessionKey);

    public static SumTable Metrics { get; } = new(
        "metric_sums", [new("name_id", IsNullable: false), s_user, s_model, s_service], HasSession: false, ["whole", "nanos", "points"], [], HasWeeks: true);

    public static IReadOnlyList<SumTable> All { get; } = [Spend, Tools, Counts, Sessions, Metrics];

    /// <summary>The grains of its rows: quarters, days, and what days are added up to.</summary>
    public IReadOnlyList<SummaryGrain> Grains { get; } =
    [
        SummaryGrain.Quarter,
        SummaryGrain.Day,
        .. Subject.Count > 0 ? [SummaryGrain.SubjectDay] : Array.Empty<SummaryGrain>(),
        .. HasWeeks ? [SummaryGrain.Week] : Array.Empty<SummaryGrain>(),
    ];

    /// <summary>All columns, in the order that they are written: System, grain, time, dimensions, session, set, numbers, histograms.</summary>
    public IReadOnlyList<string> Columns { get; } =
        [SystemKey, "grain", "at", .. Dimensions.Select(static d => d.Name), .. Keys(HasSession), .. Numbers, .. Histograms];

    /// <summary>The columns of what a row stands for, System and grain besides.</summary>
    public IReadOnlyList<string> Group { get; } = ["at", .. Dimensions.Select(static d => d.Name), .. Keys(HasSession)];

    /// <summary>What a row of a grain stands for, of what one of quarters or days stands for.</summary>
    public SumKey Of(SummaryGrain grain, in SumKey key) => grain switch
    {
        SummaryGrain.Quarter => key with { Day = 0 },
        SummaryGrain.Day => key with { Quarter = 0 },
        SummaryGrain.Week => key with { Quarter = 0, Day = SumTimes.Of(grain, key.Day) },
        _ => new(key.System, 0, key.Day, Subject.Contains(SessionKey) ? key.Session : 0, Set: 0, SubjectOf(key, 0), SubjectOf(key, 1), SubjectOf(key, 2), SubjectOf(key, 3), SubjectOf(key, 4)),
    };

    /// <summary>The grain of days with the fewest rows that tell these columns apart, Systems besides.</summary>
    public SummaryGrain DaysBy(IEnumerable<string> columns) =>
        Subject.Count > 0 && columns.All(column => column == SystemKey || Subject.Contains(column)) ? SummaryGrain.SubjectDay : SummaryGrain.Day;

    private static string[] Keys(bool hasSession) => hasSession ? [SessionKey, SetKey] : [SetKey];

    private int SubjectOf(in SumKey key, int dimension) => dimension < Dimensions.Count && Subject.Contains(Dimensions[dimension].Name) ? key[dimension] : 0;
}
