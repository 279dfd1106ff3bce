namespace ActivityLog.Core.Reports;

/// <summary>What spend is told apart by.</summary>
[Flags]
internal enum SpendBy
{
    /// <summary>Nothing: all of it in one row a source.</summary>
    Nothing = 0,

    /// <summary>The model.</summary>
    Model = 1,

    /// <summary>The person.</summary>
    User = 2,

    /// <summary>The day of the query's zone.</summary>
    Day = 4,

    /// <summary>The session.</summary>
    Session = 8,

    /// <summary>An attribute.</summary>
    Attribute = 16,
}
