using System.Text;
using System.Text.Json;

namespace ActivityLog.Core.Summaries;

/// <summary>The values of pinned attributes.</summary>
/// <param name="keys">The attributes, in ordinal order.</param>
/// <param name="values">The value of each as JSON; null for none.</param>
internal sealed class PinnedValues(IReadOnlyList<string> keys, string?[] values)
{
    private SummarySet? _set;

    /// <summary>The value of an attribute by its place, as JSON; null for none.</summary>
    public string? this[int key] => values[key];

    /// <summary>All of them.</summary>
    public SummarySet Set => _set ??= CreateSet();

    /// <summary>These, with others before them.</summary>
    public PinnedValues Under(string?[] others) => new(keys, [.. others.Select((other, key) => other ?? values[key])]);

    private SummarySet CreateSet()
    {
        if (values.All(static value => value is null))
        {
            return SummarySet.None;
        }

        var json = new StringBuilder("{");
        for (var key = 0; key < values.Length; key++)
        {
            if (values[key] is { } value)
            {
                json.Append(json.Length > 1 ? "," : "").Append('"').Append(JsonEncodedText.Encode(keys[key])).Append("\":").Append(value);
            }
        }

        return SummarySet.Create(json.Append('}').ToString());
    }
}
