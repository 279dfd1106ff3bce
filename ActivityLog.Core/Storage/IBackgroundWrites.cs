using System.Data.Common;

namespace ActivityLog.Core.Storage;

/// <summary>Short transactions beside ingest. Safe to call from many threads.</summary>
internal interface IBackgroundWrites
{
    /// <summary>Runs work in a transaction of its own, which is committed when it returns. It must be short: on SQLite ingest waits for it.</summary>
    Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// SQL that is true of at most <c>@limit</c> rows of a table that fulfil a condition; rows that somebody else has locked are left out, so that no step waits for
    /// ingest while ingest waits for the step.
    /// </summary>
    /// <param name="table">The table; it must be the one that the statement changes, under its own name.</param>
    /// <param name="condition">Which rows, and in which order: <c>system_key = @system ORDER BY expires_at</c>.</param>
    string Some(string table, string condition);

    /// <summary>SQL that is true of the rows that a statement chooses by their place; nobody else may change them meanwhile.</summary>
    /// <param name="select">The statement, from the column that tells the place of a row.</param>
    string Chosen(Func<string, string> select);
}
