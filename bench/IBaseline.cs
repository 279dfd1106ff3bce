namespace ActivityLog.Bench;

/// <summary>The database engine by itself: what the product is measured against.</summary>
internal interface IBaseline : IAsyncDisposable
{
    /// <summary>Engine and form of writing, in words.</summary>
    string Name { get; }

    /// <summary>The settings that make the product use the same database.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>CPU time that the engine's own processes have used; zero for one inside the product's.</summary>
    TimeSpan Cpu { get; }

    /// <summary>Runs a statement in the product's database, and answers its first value.</summary>
    Task<object?> AskAsync(string sql);

    /// <summary>Rows of the product's table that occurred in this span (microseconds since 1970, the end left out).</summary>
    Task<long> CountAsync(long from, long to);

    /// <summary>
    /// Writes those rows again, at most <paramref name="limit"/> of them, into a table of the same columns and the same indexes, none of them unique,
    /// in commits of 1,000 that wait for the disk.
    /// </summary>
    Task<EngineWrite> WriteAsync(long from, long to, int limit);
}
