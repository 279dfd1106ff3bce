namespace ActivityLog.Core.Summaries;

/// <summary>A table of sums: what its rows stand for and what they add up.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions beside System, grain and time, in the order of <see cref="SumKey"/>.</param>
/// <param name="WideDimension">Its 64-bit dimension.</param>
/// <param name="Numbers">The columns of its numbers, in the order of <see cref="SumNumbers"/>.</param>
/// <param name="Histograms">The columns of its histograms.</param>
internal sealed record SumTable(
    string Name, IReadOnlyList<SumColumn> Dimensions, string WideDimension, IReadOnlyList<string> Numbers, IReadOnlyList<string> Histograms)
{
    private const string SetKey = "set_key";

    private static readonly SumColumn s_model = new("model_id");
    private static readonly SumColumn s_user = new("user_id");
    private static readonly SumColumn s_service = new("service_id");

    public static SumTable Spend { get; } = new(
        "spend_sums",
        [s_model, s_user, s_service, new("prompt_size", IsSmall: true, IsNullable: false)],
        SetKey,
        ["calls", "cost_nanodollars", "costed_calls", "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens"],
        ["durations", "ttfts"]);

    public static SumTable Tools { get; } = new(
        "tool_sums", [new("tool_id"), s_user, s_service], SetKey, ["uses", "errors", "denied", "accepted", "rejected"], ["durations"]);

    public static SumTable Counts { get; } = new(
        "count_sums",
        [new("type", IsSmall: true, IsNullable: false), new("status", IsSmall: true), s_model, s_user, s_service],
        SetKey,
        ["messages"],
        []);

    public static SumTable Sessions { get; } = new(
        "session_sums",
        [s_user, s_model],
        "session_key",
        ["prompts", "generations", "tools", "errors", "messages", "cost_nanodollars", "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens"],
        []);

    public static SumTable Metrics { get; } = new(
        "metric_sums", [new("name_id", IsNullable: false), s_user, s_model, s_service], SetKey, ["whole", "nanos", "points"], []);

    public static IReadOnlyList<SumTable> All { get; } = [Spend, Tools, Counts, Sessions, Metrics];

    /// <summary>All columns, in the order that they are written: System, grain, time, dimensions, the wide one, numbers, histograms.</summary>
    public IReadOnlyList<string> Columns { get; } =
        ["system_key", "grain", "at", .. Dimensions.Select(static d => d.Name), WideDimension, .. Numbers, .. Histograms];
}
