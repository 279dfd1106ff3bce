using ActivityLog.Core.Messages;

namespace ActivityLog.Web.Sessions;

/// <summary>One row of a session's timeline.</summary>
public sealed record TimelineRow
{
    /// <summary>Tells it apart from all others, also after the session went on.</summary>
    public required string Key { get; init; }

    /// <summary>What it is.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>Which prompt it belongs to, from 0.</summary>
    public required int Prompt { get; init; }

    /// <summary>Of a prompt: the sender's id of it; null where it told none.</summary>
    public string? PromptId { get; init; }

    /// <summary>How deep below its prompt, from 1; 0 is the prompt.</summary>
    public int Depth { get; init; }

    /// <summary>The message that it shows; null for what stands for none.</summary>
    public MessageView? Message { get; init; }

    /// <summary>Its icon; null where the model's swatch stands.</summary>
    public string? Icon { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>What is worth knowing of it.</summary>
    public string? Detail { get; init; }

    /// <summary>What stands out of it, in a word: rejected, refused, failed.</summary>
    public string? Mark { get; init; }

    /// <summary>Whether it failed.</summary>
    public bool IsBad { get; init; }

    /// <summary>Where its bar begins, 0 to 1 of the longest prompt.</summary>
    public double Offset { get; init; }

    /// <summary>How long its bar is, 0 to 1 of the longest prompt.</summary>
    public double Length { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Tokens of all kinds, of it or of the calls below it.</summary>
    public long Tokens { get; init; }

    /// <summary>Cost of it or of the calls below it; null where none is told.</summary>
    public long? CostNanodollars { get; init; }
}
