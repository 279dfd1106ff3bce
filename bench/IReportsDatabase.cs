namespace ActivityLog.Bench;

/// <summary>A database of the product for the measurement of reports, and plain SQL against it.</summary>
internal interface IReportsDatabase : IAsyncDisposable
{
    /// <summary>The engine.</summary>
    string Engine { get; }

    /// <summary>The settings that make the product use it.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Whether it was filled by a run before, and kept.</summary>
    bool IsFilled { get; }

    /// <summary>What a person would do after filling so much at once (the product's own upkeep takes its time), and notes that it is filled.</summary>
    Task SettleAsync();

    /// <summary>Runs a query and reads all its rows, as a client does.</summary>
    /// <returns>How many they are.</returns>
    Task<int> ReadAsync(string sql);

    /// <summary>The SQL of the local day of <c>occurred_at</c> in the installation's zone.</summary>
    string Day { get; }

    /// <summary>The SQL of an attribute of a JSON column.</summary>
    string Attribute(string column, string name);
}
