namespace ActivityLog.Web.Accounts;

/// <summary>Who signs in.</summary>
/// <param name="Email">E-mail address of the account.</param>
/// <param name="Password">Its password.</param>
/// <param name="Code">Second factor; only for accounts that have one.</param>
internal sealed record LoginRequest(string? Email, string? Password, string? Code);
