namespace ActivityLog.Core.Demo;

/// <summary>Where it goes.</summary>
/// <param name="SystemKey">Number of the System.</param>
/// <param name="TokenKey">Number of the token.</param>
/// <param name="RetentionDays">Days that it is kept; see <see cref="Tokens.RetentionPeriod"/>.</param>
internal sealed record DemoTarget(int SystemKey, int TokenKey, int RetentionDays);
