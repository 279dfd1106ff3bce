namespace ActivityLog.Core.People;

/// <summary>How a change of an alias ended.</summary>
public enum AliasChange
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>Nobody has the name that should be an alias.</summary>
    NotFound,

    /// <summary>Nobody has the name that it should stand for.</summary>
    TargetNotFound,

    /// <summary>A name can't be an alias of itself.</summary>
    Itself,
}
