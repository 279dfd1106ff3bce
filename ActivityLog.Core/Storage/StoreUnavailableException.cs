namespace ActivityLog.Core.Storage;

/// <summary>The database takes no reads or writes now (away, locked too long, disk full); trying again may work.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Makes one without words.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>Makes one with what to tell the log.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with what to tell the log and the engine's own error.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
