using ActivityLog.Core.Nodes;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Tokens;

/// <summary>Makes changes of tokens, or of Systems, that decide who may write: once made, no node lets anyone in by what was true before.</summary>
internal sealed class TokenChanges(TokenCache cache, INodeNews news)
{
    /// <summary>Runs a change in a transaction of the context, with word of it to all nodes.</summary>
    public async Task<T> RunAsync<T>(ActivityLogDbContext context, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var result = await change();
            await news.TellTokensChangedAsync(context, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            // Even if it failed: a commit whose answer is lost is one all the same.
            cache.Clear();
        }
    }
}
