namespace ActivityLog.Core.Reports;

/// <summary>One of the largest people, models or sessions of the overview.</summary>
/// <param name="Name">The person, model or session id; null for calls without one.</param>
/// <param name="CostNanodollars">What they cost, in nanodollars.</param>
/// <param name="Calls">How many calls.</param>
/// <param name="UserName">Of a session: whose.</param>
/// <param name="LastAt">Of a session: its latest call, UTC.</param>
/// <param name="SystemId">Of a session: the System that has it; another may have one of the same id.</param>
public sealed record OverviewShare(string? Name, long CostNanodollars, long Calls, string? UserName = null, DateTime? LastAt = null, Guid? SystemId = null);
