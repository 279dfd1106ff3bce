namespace ActivityLog.Web.Shared.Filters;

/// <summary>What a page is narrowed to, as its address says it.</summary>
public sealed record PageFilters
{
    /// <summary>The days.</summary>
    public required Period Period { get; init; }

    /// <summary>The zone whose days they are.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Ids of Systems; empty for all.</summary>
    public IReadOnlyList<Guid> Systems { get; init; } = [];

    /// <summary>People; empty for all.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Models; empty for all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Whether anything but the days is narrowed.</summary>
    public bool IsNarrowed => Systems.Count + Users.Count + Models.Count > 0;

    /// <summary>First moment of the first day, UTC.</summary>
    public DateTime FromUtc => StartOf(Period.First);

    /// <summary>First moment after the last day, UTC.</summary>
    public DateTime ToUtc => StartOf(Period.Last.AddDays(1));

    /// <summary>When a day begins in the zone. Where the clock jumps over midnight, with the first moment that exists.</summary>
    public DateTime StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        // Where midnight comes twice, the day begins with the first: the larger offset.
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
