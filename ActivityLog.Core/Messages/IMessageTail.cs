using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Messages;

/// <summary>Follows what comes in. It belongs to one reader: its calls come one after the other.</summary>
public interface IMessageTail
{
    /// <summary>
    /// The messages of these Systems that weren't there at the last look, oldest first, of those that fit the query. The first look at the Systems of a tail is made
    /// when it is opened. A look reaches over a System's newest messages by time: what comes in with a time before them isn't seen.
    /// </summary>
    /// <param name="query">Which of them; its page isn't looked at.</param>
    /// <param name="systemKeys">Where something came.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; the next look finds what this one would have.</exception>
    Task<TailLook> LookAsync(MessageQuery query, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken);
}
