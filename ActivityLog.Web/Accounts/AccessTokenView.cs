namespace ActivityLog.Web.Accounts;

/// <summary>What a script calls the API with.</summary>
/// <param name="AccessToken">Send it as <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until the access token is refused.</param>
/// <param name="RefreshToken">Works once, at <c>/api/v1/auth/refresh</c>, within 30 days.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
internal sealed record AccessTokenView(string AccessToken, int ExpiresIn, string RefreshToken, string TokenType);
