namespace ActivityLog.Core.Systems;

/// <summary>Keeps Systems. Deleted ones are as if they never were. Safe to call from many threads.</summary>
public interface ISystemStore
{
    /// <summary>All Systems, by name.</summary>
    Task<IReadOnlyList<MonitoredSystem>> ListAsync(CancellationToken cancellationToken);

    /// <summary>All Systems, those deleted too while rows of them are still there.</summary>
    Task<IReadOnlyList<MonitoredSystem>> ListWithDeletedAsync(CancellationToken cancellationToken);

    /// <summary>A System, or null.</summary>
    Task<MonitoredSystem?> GetAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Makes a System; null when another one has that name (compared without case).</summary>
    Task<MonitoredSystem?> CreateAsync(string name, string? description, SystemPlan plan, CancellationToken cancellationToken);

    /// <summary>Makes a System for what is made up (<see cref="MonitoredSystem.IsSample"/>); null when another one has that name.</summary>
    Task<MonitoredSystem?> CreateSampleAsync(string name, string description, CancellationToken cancellationToken);

    /// <summary>Changes name, description and plan (the plan for messages to come).</summary>
    Task<SystemChange> UpdateAsync(Guid id, string name, string? description, SystemPlan plan, CancellationToken cancellationToken);

    /// <summary>Deletes a System: its tokens are refused and nobody sees it from now on; its rows go in small steps. False when there is none.</summary>
    Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);
}
