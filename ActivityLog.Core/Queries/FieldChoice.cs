using System.Reflection;
using System.Text.Json.Serialization;

namespace ActivityLog.Core.Queries;

/// <summary>One value of a field that has a fixed list of them.</summary>
/// <param name="Number">As kept.</param>
/// <param name="Name">As shown.</param>
public sealed record FieldChoice(long Number, string Name)
{
    /// <summary>The values of an enum, spelled as its JSON is.</summary>
    public static IReadOnlyList<FieldChoice> Of<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(static value => new FieldChoice(
            Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
            typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.ToString()))];
}
