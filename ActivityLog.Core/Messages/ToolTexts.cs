using System.Text.Json;

namespace ActivityLog.Core.Messages;

/// <summary>
/// The text of a tool call by who told it: of one call the event tells the input and the span the output, and a row shows one after the other. Where a row holds both
/// forms, its own attributes say how much of the text is the event's, so that another report of the call changes only what it tells itself.
/// </summary>
/// <param name="OfEvent">What the event told; null for nothing.</param>
/// <param name="OfSpan">What the span told; null for nothing.</param>
internal readonly record struct ToolTexts(string? OfEvent, string? OfSpan)
{
    /// <summary>Name of the attribute that tells the length of the event's text, which comes first. Where it is missing, all is the event's.</summary>
    public const string LengthName = "body.input.length";

    private const string Between = "\n\n";

    // Both told the same, which is kept once.
    private const int Same = -1;

    /// <summary>The length to be kept of the event's text; null where all of it is the event's.</summary>
    public int? Length => OfSpan is null ? null : OfEvent == OfSpan ? Same : OfEvent?.Length ?? 0;

    /// <summary>Both as one text; null for none.</summary>
    public string? Joined => OfEvent is null || OfSpan is null || OfEvent == OfSpan ? OfEvent ?? OfSpan : OfEvent + Between + OfSpan;

    /// <summary>Those of a message.</summary>
    public static ToolTexts Of(Message message)
    {
        if (message.Body is not { } body)
        {
            return default;
        }

        if (!message.Parts.HasFlag(MessageParts.Span))
        {
            return new(body, null);
        }

        return !message.Parts.HasFlag(MessageParts.Event) ? new(null, body) : ReadLength(message.Metadata) switch
        {
            null => new(body, null),
            Same => new(body, body),
            0 => new(null, body),
            { } length => new(body[..Math.Min(length, body.Length)], length + Between.Length < body.Length ? body[(length + Between.Length)..] : null),
        };
    }

    private static int? ReadLength(string metadata)
    {
        using var document = JsonDocument.Parse(metadata);
        return document.RootElement.TryGetProperty(LengthName, out var length) && length.ValueKind == JsonValueKind.Number && length.TryGetInt32(out var number) && number >= Same
            ? number
            : null;
    }
}
