using System.Text.Json;
using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Storage;

/// <summary>
/// A call told twice by two instrumentation libraries, a span inside a span of another scope with the same model and usage, counts once: the inner
/// (DESIGN 5, rule 2).
/// </summary>
internal static class NestedCalls
{
    /// <summary>Name of the attribute, in an attribute set, that holds the name of the instrumentation scope.</summary>
    public const string ScopeAttribute = "otel.scope.name";

    // Spans between two reports of one call; deeper ones are other calls.
    private const int MaxDepth = 32;

    /// <summary>The outer reports that count still.</summary>
    public static List<(int System, MessageKey Key)> FindOuter(IReadOnlyList<TracedCall> calls, IReadOnlyDictionary<(int System, long Key), string> attributeSets)
    {
        var spans = new Dictionary<(int, string, long), TracedCall>();
        foreach (var call in calls)
        {
            spans[(call.System, call.TraceId, call.SpanId)] = call;
        }

        var scopes = attributeSets.ToDictionary(static s => s.Key, static s => ScopeOf(s.Value));
        var outer = new List<(int, MessageKey)>();
        foreach (var inner in calls.Where(static c => IsCall(c) && HasUsage(c)))
        {
            var above = inner;
            for (var depth = 0; depth < MaxDepth && above.ParentSpanId is { } parent && spans.TryGetValue((inner.System, inner.TraceId, parent), out above!); depth++)
            {
                if (above.Type == MessageType.Generation && IsCall(above) && SameUsage(inner, above) && Scope(inner) != Scope(above))
                {
                    outer.Add((above.System, above.Key));
                }
            }
        }

        return [.. outer.Distinct()];

        string? Scope(TracedCall call) => scopes.GetValueOrDefault((call.System, call.AttributeSetKey));
    }

    // The inner may itself be the outer of another one, and a repeat by that.
    private static bool IsCall(TracedCall call) => call.Parts == MessageParts.Span && call.Type is MessageType.Generation or MessageType.Repeat;

    private static bool HasUsage(TracedCall call) => call.ModelId is not null && (call.Input ?? call.Output) is not null;

    private static bool SameUsage(TracedCall a, TracedCall b) =>
        (a.ModelId, a.Input, a.Output, a.CacheRead ?? 0, a.CacheCreate ?? 0) == (b.ModelId, b.Input, b.Output, b.CacheRead ?? 0, b.CacheCreate ?? 0);

    private static string? ScopeOf(string attributes)
    {
        using var json = JsonDocument.Parse(attributes);
        return json.RootElement.TryGetProperty(ScopeAttribute, out var scope) ? scope.ToString() : null;
    }
}
