namespace ActivityLog.Core.Messages;

/// <summary>Cuts texts to what a plan keeps.</summary>
public static class BodyText
{
    /// <summary>The text, or as much of it as the limit allows, never half of a character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="characters">Most UTF-16 units to keep.</param>
    /// <param name="cut">Whether anything was left out.</param>
    public static string Cut(string text, int characters, out bool cut)
    {
        cut = text.Length > characters;
        if (!cut)
        {
            return text;
        }

        return text[..(characters > 0 && char.IsHighSurrogate(text[characters - 1]) ? characters - 1 : characters)];
    }
}
