using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp.Attributes;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>The text of a message.</summary>
internal static class Content
{
    /// <summary>What Claude Code writes where content is switched off.</summary>
    public const string Redacted = "<REDACTED>";

    /// <summary>What went in and what came out; null when neither was sent.</summary>
    public static string? Of(MessageType type, FieldValues fields, string? output = null)
    {
        var input = Clear(fields.Text(MessageField.InputText))
            // Older versions of Claude Code tell no input of a tool but these.
            ?? (type == MessageType.Tool ? fields.Text(MessageField.ToolParameters) : null);
        output ??= Clear(fields.Text(MessageField.OutputText));
        return input is null ? output : output is null ? input : $"{input}\n\n{output}";
    }

    private static string? Clear(string? text) => text == Redacted ? null : text;
}
