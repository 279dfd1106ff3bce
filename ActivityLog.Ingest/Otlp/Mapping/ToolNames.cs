using System.Text.Json;
using ActivityLog.Ingest.Otlp.Attributes;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>The most specific name of a tool that a record tells.</summary>
internal static class ToolNames
{
    /// <summary>What Claude Code's events call every MCP tool; its spans have the real name.</summary>
    private const string AnyMcpTool = "mcp_tool";

    public static string? Of(FieldValues fields)
    {
        var name = fields.Text(MessageField.ToolName);
        return name == AnyMcpTool ? McpNameIn(fields.Text(MessageField.ToolParameters)) ?? name : name;
    }

    // {"mcp_server_name":"demo","mcp_tool_name":"add"} is the mcp__demo__add of the span.
    private static string? McpNameIn(string? parameters)
    {
        if (parameters is null)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(parameters);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && TextOf(json.RootElement, "mcp_server_name") is { } server
                && TextOf(json.RootElement, "mcp_tool_name") is { } tool
                ? $"mcp__{server}__{tool}"
                : null;
        }
        catch (JsonException)
        {
            // The sender cut it: the general name has to do.
            return null;
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
