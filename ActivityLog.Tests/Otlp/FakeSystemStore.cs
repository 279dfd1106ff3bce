using ActivityLog.Core.Systems;

namespace ActivityLog.Tests.Otlp;

/// <summary>Knows the System that <see cref="FakeTokenStore"/>'s good token is of, unless a test takes it away.</summary>
internal sealed class FakeSystemStore : ISystemStore
{
    public bool IsDeleted { get; set; }

    /// <summary>Whether the database isn't the one that it was.</summary>
    public bool IsUnknown { get; set; }

    /// <summary>Whether the database has no Systems.</summary>
    public bool IsEmpty { get; set; }

    public Task<IReadOnlyList<MonitoredSystem>> ListWithDeletedAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MonitoredSystem>>(
            IsEmpty ? [] : [new() { Key = IsUnknown ? 2 : 1, Id = Guid.Empty, Name = "Tests", DeletedAt = IsDeleted ? DateTime.UnixEpoch : null }]);

    public Task<IReadOnlyList<MonitoredSystem>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<MonitoredSystem?> GetAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<MonitoredSystem?> CreateAsync(string name, string? description, SystemPlan plan, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<MonitoredSystem?> CreateSampleAsync(string name, string description, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SystemChange> UpdateAsync(Guid id, string name, string? description, SystemPlan plan, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
