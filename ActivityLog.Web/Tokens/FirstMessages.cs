using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;

namespace ActivityLog.Web.Tokens;

/// <summary>Finds what came first with a token, to say that it works.</summary>
internal sealed class FirstMessages(IMessageStore messages)
{
    private static readonly QueryField s_token = MessageFields.Table.Find("tokenId")!;

    /// <summary>The first call of a model that came with a token, else the first message; null when there is none.</summary>
    public async Task<MessageView?> FindAsync(int systemKey, Guid tokenId, CancellationToken cancellationToken)
    {
        var query = new MessageQuery { SystemKeys = [systemKey], Filters = [new FieldFilter(s_token, [tokenId])], Take = MessageQuery.MaxTake };
        var found = (await messages.ListAsync(query, cancellationToken)).Items;
        return found.OrderBy(static message => message.Type == MessageType.Generation ? 0 : 1).ThenBy(static message => message.ReceivedAt).FirstOrDefault();
    }
}
