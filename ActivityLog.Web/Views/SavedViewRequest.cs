namespace ActivityLog.Web.Views;

/// <summary>A view to save.</summary>
/// <param name="Name">1 to 100 characters, unique among one's own.</param>
/// <param name="Address">Path and query of the overview, a report, sessions or messages, such as /reports/cost-by-user?range=30d.</param>
/// <param name="IsShared">Whether everybody sees it; false unless told.</param>
internal sealed record SavedViewRequest(string? Name, string? Address, bool IsShared = false);
