using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Sessions;

/// <summary>Reads sessions. Only the Systems that a caller names are looked at. Safe to call from many threads.</summary>
/// <exception cref="StoreUnavailableException">Every read: the engine takes none now; trying again may work.</exception>
public interface ISessionStore
{
    /// <summary>Most messages of <see cref="ListMessagesAsync"/>.</summary>
    const int MaxMessages = 20_000;

    /// <summary>A page of sessions. Their figures are of the messages that the filters leave, their times of all of them; of what only metrics tell of its points.</summary>
    Task<SessionList> ListAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>Whole sessions of this id, a row for each System that has one; the latest first.</summary>
    Task<IReadOnlyList<SessionView>> FindAsync(string sessionId, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken);

    /// <summary>
    /// What is taken of the messages of a session, oldest first, at most <see cref="MaxMessages"/>, and of tools the id of the generation that asked for them. Each
    /// message is held only while something is taken of it. Generations come without their text.
    /// </summary>
    /// <param name="systemKey">Number of the System.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="take">Takes what is wanted of a message; called on any thread.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<(T Taken, Guid? ParentId)>> ListMessagesAsync<T>(
        int systemKey, string sessionId, Func<MessageView, T> take, CancellationToken cancellationToken);

    /// <summary>What changes with each message of a session that comes or gets a part, and with the points of one that only metrics tell of.</summary>
    Task<SessionState> GetStateAsync(int systemKey, string sessionId, CancellationToken cancellationToken);
}
