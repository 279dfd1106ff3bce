using System.IO.Hashing;
using System.Text;

namespace ActivityLog.Core.Summaries;

/// <summary>The values of the pinned attributes that rows of the sums have in common.</summary>
/// <param name="Key">Hash of <paramref name="Json"/>; 0 for none.</param>
/// <param name="Json">A flat JSON object, of those that occur.</param>
internal sealed record SummarySet(long Key, string Json)
{
    /// <summary>No values.</summary>
    public static SummarySet None { get; } = new(0, "{}");

    /// <summary>The set with this content.</summary>
    public static SummarySet Create(string json)
    {
        var hash = (long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(json));
        return new(hash == 0 ? 1 : hash, json);
    }
}
