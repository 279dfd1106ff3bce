using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>How often a call was tried. Counts tell the calls apart that were tried more than once: few, so that their sets are few.</summary>
internal static class Attempts
{
    /// <summary>The attribute that says which attempt it was.</summary>
    public const string Key = "attempt";

    private const string Quoted = $"\"{Key}\":";

    /// <summary>Whether a row may be of a call that wasn't answered at once: of most, a look at the text says no.</summary>
    public static bool MayBeMany(MessageRow row)
    {
        if (row.Type is not (MessageType.Generation or MessageType.Error))
        {
            return false;
        }

        var rest = row.Metadata.AsSpan();
        while (rest.IndexOf(Quoted, StringComparison.Ordinal) is >= 0 and var at)
        {
            rest = rest[(at + Quoted.Length)..];
            var value = rest.TrimStart(" \"");
            if (!value.StartsWith('1') || (value.Length > 1 && char.IsAsciiDigit(value[1])))
            {
                return true;
            }
        }

        return false;
    }
}
