namespace ActivityLog.Web.Settings;

/// <summary>The metadata keys to pin, in place of those that are pinned.</summary>
/// <param name="PinnedKeys">At most ten names of attributes, such as team.id.</param>
internal sealed record PinRequest(IReadOnlyList<string?>? PinnedKeys);
