using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Summaries;

/// <summary>Which metadata keys can be pinned.</summary>
public static class PinnedKeys
{
    /// <summary>What is wrong with these keys, in English; null when nothing is.</summary>
    public static string? Check(IReadOnlyCollection<string> keys)
    {
        if (keys.Count > SummarySettings.MaxPins)
        {
            return $"At most {SummarySettings.MaxPins} keys can be pinned.";
        }

        return keys.FirstOrDefault(static key => !FieldTable.IsMetadataKey(key)) is { } wrong
            ? $"\"{wrong}\" can't be pinned. Allowed: names of attributes, from 1 to {FieldTable.MaxKeyLength} characters, without quotes, backslashes and control characters."
            : null;
    }
}
