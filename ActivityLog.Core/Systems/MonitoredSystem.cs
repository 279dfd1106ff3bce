namespace ActivityLog.Core.Systems;

/// <summary>What sends, and the boundary of access; in the API and on screen a System.</summary>
public sealed class MonitoredSystem
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Longest description, in characters.</summary>
    public const int MaxDescriptionLength = 1000;

    /// <summary>Small number that stands for it in the large tables; given by the database.</summary>
    public int Key { get; set; }

    /// <summary>Its id outside.</summary>
    public Guid Id { get; set; }

    /// <summary>Name, unique among those that aren't deleted.</summary>
    public required string Name { get; set; }

    /// <summary>What it is, in the words of who made it.</summary>
    public string? Description { get; set; }

    /// <summary>How much of a body is kept.</summary>
    public SystemPlan Plan { get; set; } = SystemPlan.Pro;

    /// <summary>Whether what is in it was made up, to show what the product does.</summary>
    public bool IsSample { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When it was deleted, UTC: from then on nobody sees it, and its rows go in small steps.</summary>
    public DateTime? DeletedAt { get; set; }
}
