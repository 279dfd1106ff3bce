namespace ActivityLog.Core.Demo;

/// <summary>What people work with until newer models come.</summary>
/// <param name="Everyday">Most people's choice.</param>
/// <param name="Deep">For what is hard.</param>
/// <param name="Small">For titles, summaries and other side calls.</param>
/// <param name="Dearest">For what nothing else solves.</param>
internal sealed record DemoEra(DemoModel Everyday, DemoModel Deep, DemoModel Small, DemoModel Dearest)
{
    private static readonly DemoModel s_haiku45 = new("claude-haiku-4-5-20251001", 5);
    private static readonly DemoModel s_fable51 = new("claude-fable-5-1", 22);

    /// <summary>The oldest first; twelve models together.</summary>
    public static IReadOnlyList<DemoEra> All { get; } =
    [
        new(new("claude-sonnet-4-5-20250929", 15), new("claude-opus-4-5-20251101", 20), s_haiku45, s_fable51),
        new(new("claude-sonnet-4-6", 14), new("claude-opus-4-8", 19), s_haiku45, s_fable51),
        new(new("claude-sonnet-5", 12), new("claude-opus-5", 18), s_haiku45, s_fable51),
        new(new("claude-sonnet-5-5", 11), new("claude-opus-5-5", 16), new("claude-haiku-5-5", 4), new("claude-fable-5-2", 20)),
    ];
}
