using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActivityLog.Web.Tokens;

/// <summary>
/// The settings that make Claude Code send here. Each exporter is named, because without its own <c>OTEL_*_EXPORTER=otlp</c> a signal isn't sent at all;
/// prompts and tool inputs stay where they are unless asked for.
/// </summary>
/// <param name="Host">Address of this server without a path, such as <c>http://localhost:5080</c>.</param>
/// <param name="Secret">The token.</param>
internal sealed record SettingsBlock(string Host, string Secret)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Name to report as, where a person typed one; else the shell's own variable, or none where nothing is expanded.</summary>
    public string? Person { get; init; }

    /// <summary>Whether prompts, answers and tool inputs are sent too.</summary>
    public bool WithContent { get; init; }

    /// <summary>For a POSIX shell.</summary>
    public string Shell() => Lines("$USER", static (name, value) => $"export {name}={(NeedsQuotes(value) ? $"\"{value}\"" : value)}");

    /// <summary>For PowerShell.</summary>
    public string PowerShell() => Lines("$env:USERNAME", static (name, value) => $"$env:{name} = \"{value}\"");

    /// <summary>For the <c>settings.json</c> of one person, and for managed settings: nothing is expanded there, so that the name is the typed one or none.</summary>
    public string SettingsJson()
    {
        var variables = Variables(null).ToDictionary(static variable => variable.Name, static variable => variable.Value);
        return JsonSerializer.Serialize(new Dictionary<string, object> { ["env"] = variables }, s_json);
    }

    private static bool NeedsQuotes(string value) => value.AsSpan().ContainsAny(" $,;&");

    private string Lines(string userVariable, Func<string, string, string> write)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Variables(userVariable))
        {
            text.Append(write(name, value)).Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    private IEnumerable<(string Name, string Value)> Variables(string? userVariable)
    {
        yield return ("CLAUDE_CODE_ENABLE_TELEMETRY", "1");
        yield return ("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1");
        yield return ("OTEL_LOGS_EXPORTER", "otlp");
        yield return ("OTEL_METRICS_EXPORTER", "otlp");
        yield return ("OTEL_TRACES_EXPORTER", "otlp");
        yield return ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        yield return ("OTEL_EXPORTER_OTLP_ENDPOINT", $"{Host.TrimEnd('/')}/api/v1/otlp");
        yield return ("OTEL_EXPORTER_OTLP_HEADERS", $"Authorization=Bearer {Secret}");
        yield return ("OTEL_METRICS_INCLUDE_REPOSITORY", "1");

        // A blank or a letter beyond ASCII would make some versions drop the whole variable.
        var user = string.IsNullOrWhiteSpace(Person) ? userVariable : Uri.EscapeDataString(Person.Trim());
        yield return ("OTEL_RESOURCE_ATTRIBUTES", user is null ? "service.name=claude-code" : $"service.name=claude-code,user.name={user}");
        if (WithContent)
        {
            yield return ("OTEL_LOG_USER_PROMPTS", "1");
            yield return ("OTEL_LOG_ASSISTANT_RESPONSES", "1");
            yield return ("OTEL_LOG_TOOL_DETAILS", "1");
        }
    }
}
