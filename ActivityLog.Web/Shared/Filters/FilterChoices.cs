namespace ActivityLog.Web.Shared.Filters;

/// <summary>What the filters of a page offer.</summary>
public sealed record FilterChoices(IReadOnlyList<ChoiceOption> Systems, IReadOnlyList<ChoiceOption> Users, IReadOnlyList<ChoiceOption> Models)
{
    /// <summary>Nothing yet: while they are read.</summary>
    public static FilterChoices None { get; } = new([], [], []);
}
