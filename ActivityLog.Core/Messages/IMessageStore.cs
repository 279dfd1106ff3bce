using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Messages;

/// <summary>Reads messages. Only the Systems that a caller names are looked at. Safe to call from many threads.</summary>
/// <exception cref="StoreUnavailableException">Every read: the engine takes none now; trying again may work.</exception>
public interface IMessageStore
{
    /// <summary>A page of messages, newest first: by <c>occurredAt</c>, then id.</summary>
    Task<MessagePage> ListAsync(MessageQuery query, CancellationToken cancellationToken);

    /// <summary>One message, or null where none of these Systems has it.</summary>
    Task<MessageView?> GetAsync(Guid id, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken);

    /// <summary>
    /// The messages whose <c>parentId</c> or parent span is this one, oldest first, at most <see cref="MaxRelated"/>; null where none of these Systems has it.
    /// </summary>
    Task<MessagePage?> ListChildrenAsync(Guid id, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken);

    /// <summary>
    /// What belongs together with a message, oldest first, at most <see cref="MaxRelated"/>: all of its prompt and of its trace. Just the message where it has
    /// neither; empty where none of these Systems has it.
    /// </summary>
    Task<IReadOnlyList<MessageView>> ListTraceAsync(Guid id, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken);

    /// <summary>Counts, sums and percentiles by group.</summary>
    Task<AggregateResult> AggregateAsync(MessageAggregate query, CancellationToken cancellationToken);

    /// <summary>Most rows of <see cref="ListChildrenAsync"/> and <see cref="ListTraceAsync"/>.</summary>
    const int MaxRelated = 500;
}
