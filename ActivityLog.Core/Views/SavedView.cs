namespace ActivityLog.Core.Views;

/// <summary>A page with its filters under a name. The object a store answers with is a copy: changing it changes nothing.</summary>
public sealed class SavedView
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Longest address, in characters.</summary>
    public const int MaxAddressLength = 2_000;

    /// <summary>Most views of one person.</summary>
    public const int MaxPerOwner = 100;

    /// <summary>Its id.</summary>
    public Guid Id { get; set; }

    /// <summary>The person who saved it, by id of the account.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>Its name, unique among its owner's (compared without case).</summary>
    public required string Name { get; set; }

    /// <summary>Path and query of the page, such as <c>/reports/cost-by-user?range=30d</c>.</summary>
    public required string Address { get; set; }

    /// <summary>Whether everybody who signs in sees it, not its owner alone.</summary>
    public bool IsShared { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedAt { get; set; }
}
