namespace ActivityLog.Core.Systems;

/// <summary>How a change of a System ended.</summary>
public enum SystemChange
{
    /// <summary>Changed.</summary>
    Changed,

    /// <summary>There is no such System.</summary>
    NotFound,

    /// <summary>Another System has that name.</summary>
    NameTaken,
}
