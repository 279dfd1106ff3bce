using System.Globalization;
using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>How often a call was tried again, whether it was answered in the end or not.</summary>
internal static class Attempts
{
    /// <summary>The attribute, of a call itself, that says which attempt it was.</summary>
    public const string Key = "attempt";

    private const string Quoted = $"\"{Key}\":";

    // No sender tries more often; a larger number was made up.
    private const int Most = 1000;

    private const short Generation = (short)MessageType.Generation, Error = (short)MessageType.Error;

    /// <summary>The attempts beyond the first; 0 for what is no call, and where no whole number says so.</summary>
    public static int RetriesOf(MessageRow row) =>
        MayBeMany(row) && int.TryParse(Read(row.Metadata), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) && attempt is > 1 and <= Most ? attempt - 1 : 0;

    /// <summary>SQL of the same.</summary>
    /// <param name="type">The row's type.</param>
    /// <param name="attempt">The value of its own attribute.</param>
    public static string Retries(string type, string attempt)
    {
        var digits = $"ltrim({attempt}, '0')";
        return $"case when {type} in ({Generation}, {Error}) and trim({attempt}, '0123456789') = '' and (length({digits}) between 1 and 3 or {digits} = '{Most}') " +
            $"then cast({attempt} as integer) - 1 else 0 end";
    }

    // Of most, a look at the text says no.
    private static bool MayBeMany(MessageRow row)
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

    private static string? Read(string metadata)
    {
        using var document = JsonDocument.Parse(metadata);
        return document.RootElement.TryGetProperty(Key, out var attempt) ? attempt.ToString() : null;
    }
}
