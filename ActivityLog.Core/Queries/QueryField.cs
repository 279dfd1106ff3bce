using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Queries;

/// <summary>A field of the API: how it is asked for and where it is kept.</summary>
public sealed class QueryField
{
    /// <summary>Its name in the API; of an attribute <c>metadata.</c> and the attribute's name.</summary>
    public required string Name { get; init; }

    /// <summary>How it is kept and shown.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>What it means, with its unit.</summary>
    public required string Description { get; init; }

    /// <summary>The SQL of its value in a row; of an attribute its name.</summary>
    public required string Sql { get; init; }

    /// <summary>What it names, for <see cref="FieldKind.Name"/>.</summary>
    public NameKind? Names { get; init; }

    /// <summary>Its values, for <see cref="FieldKind.Choice"/>.</summary>
    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    /// <summary>Whether it can be filtered by. Measured amounts can't.</summary>
    public bool CanFilter => !CanSum;

    /// <summary>Whether there can be a row for each of its values.</summary>
    public bool CanGroup { get; init; } = true;

    /// <summary>Whether <c>sum</c>, <c>avg</c>, <c>min</c>, <c>max</c> and percentiles of it have a meaning.</summary>
    public bool CanSum => Kind is FieldKind.Whole or FieldKind.Money or FieldKind.Number;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
