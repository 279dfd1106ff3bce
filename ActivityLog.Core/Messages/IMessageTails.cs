using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Messages;

/// <summary>Opens tails of what comes in. Safe to call from many threads.</summary>
public interface IMessageTails
{
    /// <summary>A tail that sees what comes to these Systems from now on.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    Task<IMessageTail> OpenAsync(IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken);
}
