namespace ActivityLog.Web.Sessions;

/// <summary>The lines of a timeline's scale: round times, at most six.</summary>
/// <param name="Step">From one to the next.</param>
/// <param name="Part">The same, 0 to 1 of the whole.</param>
/// <param name="Names">What stands above them, from zero.</param>
public sealed record TimelineTicks(TimeSpan Step, double Part, IReadOnlyList<string> Names)
{
    private const int Most = 6;

    private static readonly double[] s_seconds =
        [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 604_800];

    /// <summary>The lines of a scale.</summary>
    public static TimelineTicks Of(TimeSpan scale)
    {
        var seconds = s_seconds.FirstOrDefault(step => scale.TotalSeconds / step < Most, Math.Ceiling(scale.TotalDays / Most) * 86_400);
        var step = TimeSpan.FromSeconds(seconds);
        return new TimelineTicks(step, step / scale, [.. Enumerable.Range(0, (int)(scale / step) + 1).Select(i => Name(step * i))]);
    }

    private static string Name(TimeSpan time) => time.TotalSeconds switch
    {
        0 => "0 s",
        < 1 => FormattableString.Invariant($"{time.TotalMilliseconds:0} ms"),
        < 120 => FormattableString.Invariant($"{time.TotalSeconds:0.#} s"),
        < 7200 => FormattableString.Invariant($"{time.TotalMinutes:0.#} min"),
        _ => FormattableString.Invariant($"{time.TotalHours:0.#} h"),
    };
}
