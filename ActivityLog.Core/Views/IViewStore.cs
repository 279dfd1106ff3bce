using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Views;

/// <summary>
/// Keeps saved views. A person sees their own and the shared ones, and changes their own alone. Safe to call from many threads.
/// </summary>
/// <exception cref="StoreUnavailableException">All: the database can't be asked now; trying again may work.</exception>
public interface IViewStore
{
    /// <summary>The views a person sees, by name.</summary>
    Task<IReadOnlyList<SavedView>> ListAsync(Guid person, CancellationToken cancellationToken);

    /// <summary>A view that the person sees, or null.</summary>
    Task<SavedView?> GetAsync(Guid person, Guid id, CancellationToken cancellationToken);

    /// <summary>Saves a view of the person.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="name">1 to <see cref="SavedView.MaxNameLength"/> characters.</param>
    /// <param name="address">One that is allowed (<see cref="ViewAddress"/>).</param>
    /// <param name="isShared">Whether everybody sees it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The view, where it was saved.</returns>
    Task<(ViewChange Change, SavedView? View)> CreateAsync(Guid person, string name, string address, bool isShared, CancellationToken cancellationToken);

    /// <summary>Changes a view of the person.</summary>
    Task<ViewChange> UpdateAsync(Guid person, Guid id, string name, string address, bool isShared, CancellationToken cancellationToken);

    /// <summary>Deletes a view of the person.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="id">The view.</param>
    /// <param name="anyShared">Whether the person may delete what others share, too: admins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is none that the person may delete.</returns>
    Task<bool> DeleteAsync(Guid person, Guid id, bool anyShared, CancellationToken cancellationToken);
}
