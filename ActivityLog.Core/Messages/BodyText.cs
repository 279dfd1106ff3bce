using System.Globalization;

namespace ActivityLog.Core.Messages;

/// <summary>Cuts texts to what a plan keeps.</summary>
public static class BodyText
{
    /// <summary>The text, or as much of it as the limit allows: what a reader sees as one character (an emoji of several) is kept whole or left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="characters">Most Unicode characters (code points) to keep.</param>
    /// <param name="cut">Whether anything was left out.</param>
    public static string Cut(string text, int characters, out bool cut)
    {
        cut = false;
        if (text.Length <= characters)
        {
            return text;
        }

        var end = 0;
        for (var count = 0; end < text.Length && count < characters; count++)
        {
            end += char.IsHighSurrogate(text[end]) && end + 1 < text.Length ? 2 : 1;
        }

        if (end >= text.Length)
        {
            return text;
        }

        cut = true;
        return text[..WholeElements(text, end)];
    }

    // A text element is looked for a little before the end only: no reader sees more than that as one character.
    private static int WholeElements(string text, int end)
    {
        const int Reach = 64;
        var start = Math.Max(0, end - Reach);
        start += start > 0 && char.IsLowSurrogate(text[start]) ? 1 : 0;
        var kept = start;
        for (var next = start; next <= end && next < text.Length; next += StringInfo.GetNextTextElementLength(text.AsSpan(next)))
        {
            kept = next;
        }

        // Nothing but one enormous element: a whole Unicode character has to do.
        return kept > start ? kept : end;
    }
}
