using System.Data.Common;
using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Retention;

/// <summary>Takes one step, and no more.</summary>
internal sealed class FailingWrites(IBackgroundWrites inner) : IBackgroundWrites
{
    public const string Reason = "the disk is full";

    private bool _hasTaken;

    public Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        if (_hasTaken)
        {
            throw new StoreUnavailableException("The database takes no work now.", new IOException(Reason));
        }

        _hasTaken = true;
        return inner.RunAsync(work, cancellationToken);
    }

    public string Some(string table, string condition) => inner.Some(table, condition);

    public string Chosen(Func<string, string> select) => inner.Chosen(select);
}
