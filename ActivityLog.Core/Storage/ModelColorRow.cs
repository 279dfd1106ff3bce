namespace ActivityLog.Core.Storage;

/// <summary>A row of <c>model_colors</c>: the colour a model got when it was first seen, for ever.</summary>
public sealed class ModelColorRow
{
    /// <summary>The model's name.</summary>
    public required string Model { get; set; }

    /// <summary>The series colour, such as <c>c1-2</c> or <c>other</c>.</summary>
    public required string Color { get; set; }
}
