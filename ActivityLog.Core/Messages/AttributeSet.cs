using System.IO.Hashing;
using System.Text;

namespace ActivityLog.Core.Messages;

/// <summary>
/// Attributes that many records share (resource, scope, and what a session repeats on each record), kept once a System.
/// A record's own attributes stand before them; together they are the record's <c>metadata</c>.
/// </summary>
/// <param name="Key">Hash of <paramref name="Json"/>: equal content, equal key.</param>
/// <param name="Json">A flat JSON object, attribute name to value.</param>
public sealed record AttributeSet(long Key, string Json)
{
    /// <summary>No attributes.</summary>
    public static AttributeSet Empty { get; } = Create("{}");

    /// <summary>The set with this content. The text must be canonical (same attributes, same text): sort by name before.</summary>
    public static AttributeSet Create(string json) => new((long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(json)), json);
}
