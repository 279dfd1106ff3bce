using ActivityLog.Core.Views;

namespace ActivityLog.Web.Views;

/// <summary>A saved view.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Path and query of the page.</param>
/// <param name="IsShared">Whether everybody sees it.</param>
/// <param name="IsMine">Whether it is the caller's, who alone can change it.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
internal sealed record SavedViewView(Guid Id, string Name, string Address, bool IsShared, bool IsMine, DateTime CreatedAt)
{
    public static SavedViewView Of(SavedView view, Guid person) => new(view.Id, view.Name, view.Address, view.IsShared, view.OwnerId == person, view.CreatedAt);
}
