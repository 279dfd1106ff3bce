using ActivityLog.Core.Queries;
using ActivityLog.Core.Systems;
using Microsoft.Extensions.Options;

namespace ActivityLog.Core.Messages;

/// <inheritdoc cref="IMessageTails"/>
internal sealed class MessageTails(SqlDatabase database, IOptions<PlanOptions> plans, TimeProvider clock) : IMessageTails
{
    public async Task<IMessageTail> OpenAsync(IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        var tail = new MessageTail(database, new MessageCompletion(database, plans.Value), systemKeys.Count, clock.GetUtcNow().UtcDateTime);
        await tail.OpenAsync(systemKeys, cancellationToken);
        return tail;
    }
}
