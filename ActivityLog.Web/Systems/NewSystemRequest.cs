namespace ActivityLog.Web.Systems;

/// <summary>A System to make.</summary>
/// <param name="Name">1 to 100 characters, unique.</param>
/// <param name="Description">What it is; at most 1,000 characters.</param>
/// <param name="Plan">How much of a message's body is kept: Free, Pro or Enterprise; Pro unless told.</param>
internal sealed record NewSystemRequest(string? Name, string? Description = null, string? Plan = null);
