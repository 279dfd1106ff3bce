using System.Runtime.CompilerServices;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Messages;

/// <summary>Reads all messages of a query, however many. Safe to call from many threads.</summary>
public sealed class MessageExports(IMessageStore messages)
{
    private const int PageSize = 500;

    /// <summary>
    /// Page after page, newest first, each message once. No more than a page is held, and nothing of the database between two pages: a slow reader keeps nobody
    /// waiting. What comes in meanwhile is among them where it is older than the page before.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; what was read before is good.</exception>
    public async IAsyncEnumerable<IReadOnlyList<MessageView>> ReadAsync(MessageQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = await messages.ListAsync(query with { Take = PageSize, Cursor = null }, cancellationToken);
        yield return page.Items;
        while (page.NextCursor is { } next)
        {
            page = await messages.ListAsync(query with { Take = PageSize, Cursor = MessageCursor.TryParse(next) }, cancellationToken);
            yield return page.Items;
        }
    }
}
