namespace ActivityLog.Web.Shared.Filters;

/// <summary>What the filters of a page offer.</summary>
/// <param name="Systems">Systems one may see.</param>
/// <param name="Users">People.</param>
/// <param name="Models">Models.</param>
/// <param name="Services">Services.</param>
/// <param name="MetadataKeys">Attributes that are likely asked for.</param>
public sealed record FilterChoices(
    IReadOnlyList<ChoiceOption> Systems, IReadOnlyList<ChoiceOption> Users, IReadOnlyList<ChoiceOption> Models, IReadOnlyList<ChoiceOption> Services, IReadOnlyList<string> MetadataKeys)
{
    /// <summary>Nothing yet: while they are read.</summary>
    public static FilterChoices None { get; } = new([], [], [], [], []);
}
