namespace ActivityLog.Web.Tokens;

/// <summary>A token by name.</summary>
/// <param name="SystemId">Id of its System.</param>
/// <param name="System">Name of its System.</param>
/// <param name="Token">Its own name.</param>
public sealed record TokenName(Guid SystemId, string System, string Token);
