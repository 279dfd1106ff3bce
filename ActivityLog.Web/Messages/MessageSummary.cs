using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Web.Shared;

namespace ActivityLog.Web.Messages;

/// <summary>What a message says in one line of the feed.</summary>
/// <param name="Icon">Its icon; null where the model's swatch stands.</param>
/// <param name="Title">What it is: a model, a tool, an event.</param>
/// <param name="Detail">What is worth knowing of it.</param>
/// <param name="IsBad">Whether it failed.</param>
internal sealed record MessageSummary(string? Icon, string Title, string? Detail, bool IsBad)
{
    private const int MaxDetail = 200;
    private static readonly string[] s_toolInputs = ["command", "file_path", "pattern", "query", "url", "path", "description", "prompt", "skill"];

    /// <summary>The line of a message.</summary>
    public static MessageSummary Of(MessageView message) => message.Type switch
    {
        MessageType.Generation => new(null, message.Model ?? message.Name, Source(message), message.Status == MessageStatus.Error),
        MessageType.Tool => new("wrench", message.ToolName ?? message.Name, Tool(message), message.Status == MessageStatus.Error),
        MessageType.Decision => new("shield-check", message.ToolName ?? message.Name, Decision(message), false),
        MessageType.Prompt => new("user-round", "prompt", TextOrLength(message, "prompt_length"), false),
        MessageType.Response => new("message-square-text", "response", TextOrLength(message, "response_length"), false),
        MessageType.Error => new("circle-alert", message.Model ?? message.Name, Failure(message), true),
        MessageType.Refusal => new("ban", message.Model ?? message.Name, "refused to answer", true),
        MessageType.Turn => new("workflow", message.AgentName ?? Words(message.Name), "turn", false),
        MessageType.Event => new("info", Words(message.Name), Event(message), message.Status == MessageStatus.Error || message.Level >= MessageLevel.Error),
        MessageType.Repeat => new("repeat", message.Model ?? Words(message.Name), "told again by its span, doesn't count", false),
        MessageType.Span => new("activity", Words(message.Name), message.Error ?? message.ServiceName, message.Status == MessageStatus.Error),
        _ => new("file-text", Line(message.Body) ?? message.Name, message.ServiceName, message.Level >= MessageLevel.Error),
    };

    /// <summary>An attribute as text; null where there is none.</summary>
    public static string? Attribute(MessageView message, string key) => message.Metadata.TryGetValue(key, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
        : null;

    private static string? Source(MessageView message) => (Attribute(message, "query_source") ?? message.AgentName) switch
    {
        "repl_main_thread" => "main thread",
        "generate_session_title" => "session title",
        "compact" => "compaction",
        { } source when source.StartsWith("agent:", StringComparison.Ordinal) => $"subagent {source[(source.LastIndexOf(':') + 1)..]}",
        { } source => Words(source),
        null => message.ServiceName,
    };

    private static string? Tool(MessageView message) => message.Status switch
    {
        MessageStatus.Denied => "denied",
        MessageStatus.Error when Line(message.Error) is { } error => error,
        _ => Input(Attribute(message, "tool_input")) ?? Input(Attribute(message, "tool_parameters")) ?? Line(Attribute(message, "full_command") ?? Attribute(message, "file_path")),
    };

    // A tool's input is JSON in a string; the first of the well-known arguments says most.
    private static string? Input(string? json)
    {
        if (json is null || !json.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var input = JsonDocument.Parse(json);
            return s_toolInputs.Append("full_command").Append("bash_command")
                .Select(name => input.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Line(value.GetString()) : null)
                .FirstOrDefault(static text => text is not null);
        }
        catch (JsonException)
        {
            // The sender cuts long inputs, in the middle of the JSON.
            return null;
        }
    }

    private static string Decision(MessageView message)
    {
        var accepted = Attribute(message, "decision") == "accept" ? "accepted" : "rejected";
        return Attribute(message, "source") switch
        {
            "config" or "hook" => $"{accepted}, by rule",
            { } source when source.StartsWith("user", StringComparison.Ordinal) => $"{accepted}, by {PersonName.Show(message.UserName)}",
            _ => accepted,
        };
    }

    private static string? TextOrLength(MessageView message, string lengthKey) =>
        Line(message.Body) ?? (Attribute(message, lengthKey) is { } length ? $"{length} characters" : null);

    private static string Failure(MessageView message)
    {
        var parts = new[]
        {
            string.Join(' ', new[] { Attribute(message, "status_code"), Line(message.Error) }.Where(static text => text is not null)),
            Attribute(message, "attempt") is { } attempt ? $"attempt {attempt}" : "",
        };
        return string.Join(", ", parts.Where(static part => part.Length > 0));
    }

    private static string? Event(MessageView message) => message.Name switch
    {
        "compaction" => $"{Attribute(message, "trigger")}, {Tokens(message, "pre_tokens")} to {Tokens(message, "post_tokens")} tokens",
        "mcp_server_connection" => $"{Attribute(message, "server_name")} {Attribute(message, "status")}",
        _ => Attribute(message, "plugin.name") ?? Attribute(message, "skill.name") ?? Attribute(message, "hook_name") ?? Line(message.Error),
    };

    private static string Tokens(MessageView message, string key) =>
        Format.Tokens(long.TryParse(Attribute(message, key), System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : null);

    private static string Words(string name) => name.Replace('_', ' ');

    private static string? Line(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return line.Length <= MaxDetail ? line.ToString() : string.Concat(line[..MaxDetail], "…");
    }
}
