namespace ActivityLog.Core.Views;

/// <summary>How a change of saved views ended.</summary>
public enum ViewChange
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such view, or it isn't this person's.</summary>
    NotFound,

    /// <summary>Another view of the person has that name.</summary>
    NameTaken,

    /// <summary>The person has as many views as one may have (<see cref="SavedView.MaxPerOwner"/>).</summary>
    TooMany,
}
