namespace ActivityLog.Core.Demo;

/// <summary>What people work with until newer models come.</summary>
/// <param name="Everyday">Most people's choice.</param>
/// <param name="Deep">For what is hard.</param>
/// <param name="Small">For titles, summaries and other side calls.</param>
/// <param name="Dearest">For what nothing else solves.</param>
internal sealed record DemoEra(DemoModel Everyday, DemoModel Deep, DemoModel Small, DemoModel Dearest)
{
    private static readonly DemoModel s_haiku45 = new("claude-haiku-4-5-20251001", 1000, 5000, 100, 1250, 5);
    private static readonly DemoModel s_fable51 = new("claude-fable-5-1", 10000, 50000, 250, 12500, 22);

    /// <summary>The oldest first; twelve models together.</summary>
    public static IReadOnlyList<DemoEra> All { get; } =
    [
        new(new("claude-sonnet-4-5-20250929", 3000, 15000, 300, 3750, 15), new("claude-opus-4-5-20251101", 5000, 25000, 500, 6250, 20), s_haiku45, s_fable51),
        new(new("claude-sonnet-4-6", 3000, 15000, 300, 3750, 14), new("claude-opus-4-8", 5000, 25000, 500, 6250, 19), s_haiku45, s_fable51),
        new(new("claude-sonnet-5", 2000, 10000, 200, 2500, 12), new("claude-opus-5", 5000, 25000, 500, 6250, 18), s_haiku45, s_fable51),
        new(
            new("claude-sonnet-5-5", 2000, 10000, 100, 2500, 11),
            new("claude-opus-5-5", 4000, 20000, 200, 5000, 16),
            new("claude-haiku-5-5", 100, 500, 10, 125, 4),
            new("claude-fable-5-2", 8000, 40000, 200, 10000, 20)),
    ];
}
