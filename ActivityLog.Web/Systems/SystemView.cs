using ActivityLog.Core.Systems;

namespace ActivityLog.Web.Systems;

/// <summary>A System: what sends, and the boundary of access.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, unique.</param>
/// <param name="Description">What it is, in the words of who made it.</param>
/// <param name="Plan">How much of a message's body is kept.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="IsSample">Whether what is in it was made up, to show what the product does.</param>
internal sealed record SystemView(Guid Id, string Name, string? Description, SystemPlan Plan, DateTime CreatedAt, bool IsSample)
{
    public static SystemView Of(MonitoredSystem system) => new(system.Id, system.Name, system.Description, system.Plan, system.CreatedAt, system.IsSample);
}
