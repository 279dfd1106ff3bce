namespace ActivityLog.Core.Reports;

/// <summary>
/// Which colour a model gets: the family has the hue, the version its lightness. Known families have their slot (c1–c5), other models c6–c8 in order of
/// appearance, and what comes after them is <see cref="Other"/>.
/// </summary>
internal static class ModelColorSlots
{
    /// <summary>The colour of what has none of its own.</summary>
    public const string Other = "other";

    /// <summary>Most colours that are given; what comes after them is <see cref="Other"/>, of whatever family.</summary>
    public const int MaxGiven = 500;

    private const int Steps = 3;

    private static readonly (string Word, string Slot)[] s_families =
    [
        ("opus", "c1"), ("sonnet", "c2"), ("haiku", "c3"), ("codex", "c4"), ("gpt", "c4"), ("gemini", "c5"),
    ];

    private static readonly string[] s_free = ["c6", "c7", "c8"];

    /// <summary>The colour of a model not seen before, given all colours that were given so far.</summary>
    public static string Next(string model, IReadOnlyCollection<string> given)
    {
        if (given.Count >= MaxGiven)
        {
            return Other;
        }

        foreach (var (word, slot) in s_families)
        {
            if (model.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                // Versions go base, -2, -3, and round again.
                var step = given.Count(color => color == slot || color.StartsWith(slot + "-", StringComparison.Ordinal)) % Steps;
                return step == 0 ? slot : $"{slot}-{step + 1}";
            }
        }

        return s_free.FirstOrDefault(slot => !given.Contains(slot)) ?? Other;
    }
}
