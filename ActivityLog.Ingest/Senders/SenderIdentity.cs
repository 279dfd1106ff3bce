using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Senders;
using ActivityLog.Ingest.Otlp.Mapping;

namespace ActivityLog.Ingest.Senders;

/// <summary>Who sends, by what a resource, a scope and a session say on all their records.</summary>
internal sealed class SenderIdentity
{
    private const string ClaudeCode = "claude-code";

    private SenderIdentity(JsonElement attributes, string? userName)
    {
        var scope = Text(attributes, "otel.scope.name") ?? "";
        ServiceName = Text(attributes, "service.name");
        UserName = userName;
        IsClaudeCode = Claude.IsScope(scope) || ServiceName == ClaudeCode;
        // A user.id that was set on purpose leaves Claude Code's own beside it.
        Installation = IsClaudeCode
            ? Text(attributes, "record.user.id") ?? Text(attributes, "user.id")
            : Text(attributes, "service.instance.id") ?? Text(attributes, "host.id") ?? Text(attributes, "host.name");
        Version = Text(attributes, "service.version") ?? Text(attributes, "app.version")
            // That of its traces is the tracing's own.
            ?? (IsClaudeCode && !scope.EndsWith(".tracing", StringComparison.Ordinal) ? Text(attributes, "otel.scope.version") : null);
        OsType = Text(attributes, "os.type");
        OsVersion = Text(attributes, "os.version");
        Architecture = Text(attributes, "host.arch");
        Key = Sender.KeyOf(ServiceName, UserName, Installation);
    }

    public long Key { get; }

    public string? ServiceName { get; }

    public string? UserName { get; }

    public string? Installation { get; }

    public bool IsClaudeCode { get; }

    public string? Version { get; }

    public string? OsType { get; }

    public string? OsVersion { get; }

    public string? Architecture { get; }

    public static SenderIdentity Of(AttributeSet attributes, string? userName)
    {
        using var json = JsonDocument.Parse(attributes.Json);
        return new(json.RootElement, userName);
    }

    private static string? Text(JsonElement attributes, string name) =>
        attributes.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        && (value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()) is { } text && !string.IsNullOrWhiteSpace(text)
            ? BodyText.Cut(text, Sender.MaxTextLength, out _)
            : null;
}
