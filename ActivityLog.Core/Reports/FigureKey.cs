using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Reports;

/// <summary>What rows have in common; what they aren't told apart by, or don't have, is null.</summary>
internal sealed record FigureKey
{
    /// <summary>The day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>The person.</summary>
    public string? User { get; init; }

    /// <summary>The tool.</summary>
    public string? Tool { get; init; }

    /// <summary>The message's type.</summary>
    public MessageType? Type { get; init; }

    /// <summary>The metric.</summary>
    public string? Name { get; init; }

    /// <summary>The class of the tokens sent.</summary>
    public short? PromptSize { get; init; }

    /// <summary>Value of the first attribute asked for.</summary>
    public string? First { get; init; }

    /// <summary>Value of the second one.</summary>
    public string? Second { get; init; }
}
