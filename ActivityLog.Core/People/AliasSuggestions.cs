namespace ActivityLog.Core.People;

/// <summary>Finds names that may be one person's: the same part before the @ of an e-mail address, or the same name but for case, blanks and punctuation.</summary>
internal static class AliasSuggestions
{
    // Shorter ones are initials, and many people's.
    private const int MinLength = 3;

    /// <summary>For each name that has one, the name suggested: e-mail addresses before others, then the first in ordinal order.</summary>
    /// <param name="names">Names that are of their own, in any order.</param>
    public static Dictionary<string, (string Name, AliasReason Reason)> Of(IEnumerable<string> names)
    {
        var found = new Dictionary<string, (string, AliasReason)>(StringComparer.Ordinal);
        foreach (var same in names.GroupBy(Essence, StringComparer.Ordinal).Where(static group => group.Key.Length >= MinLength))
        {
            var ordered = same.OrderByDescending(IsAddress).ThenBy(static name => name, StringComparer.Ordinal).ToList();
            foreach (var name in ordered.Skip(1))
            {
                found[name] = (ordered[0], IsAddress(name) && IsAddress(ordered[0]) ? AliasReason.SameLocalPart : AliasReason.SameName);
            }
        }

        return found;
    }

    private static bool IsAddress(string name) => name.IndexOf('@', StringComparison.Ordinal) > 0;

    // Letters and digits of what stands before the @, without what a mail server leaves out after a plus.
    private static string Essence(string name)
    {
        var local = IsAddress(name) ? name[..name.IndexOf('@', StringComparison.Ordinal)].Split('+')[0] : name;
        return string.Concat(local.Where(char.IsLetterOrDigit)).ToUpperInvariant();
    }
}
