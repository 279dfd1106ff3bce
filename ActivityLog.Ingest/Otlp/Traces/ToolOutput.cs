using ActivityLog.Ingest.Otlp.Attributes;
using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Ingest.Otlp.Traces;

/// <summary>What a tool gave back: Claude Code tells it as an event of the tool's span.</summary>
internal static class ToolOutput
{
    public const string EventName = "tool.output";

    /// <summary>The attributes that hold it; the first that is there.</summary>
    private static readonly string[] s_names = ["output", "content", "diff"];

    public static string? In(IReadOnlyList<Span.Types.Event> events)
    {
        foreach (var spanEvent in events)
        {
            if (spanEvent.Name == EventName && NameIn(spanEvent) is { } name)
            {
                foreach (var attribute in spanEvent.Attributes)
                {
                    if (attribute.Key == name)
                    {
                        return AnyValues.Read(attribute.Value).AsText();
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Name of the attribute of the event that holds the output; null when none does.</summary>
    public static string? NameIn(Span.Types.Event spanEvent) =>
        spanEvent.Name != EventName ? null : Array.Find(s_names, name => spanEvent.Attributes.Any(attribute => attribute.Key == name));
}
