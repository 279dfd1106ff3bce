namespace ActivityLog.Web.Accounts;

/// <summary>Names around access tokens.</summary>
internal static class AccessTokenDefaults
{
    /// <summary>Reads <c>Authorization: Bearer</c> and an access token.</summary>
    public const string Scheme = "AccessToken";

    /// <summary>
    /// What the API accepts: an access token, or to read, the cookie of the pages, so that a browser can open a CSV link.
    /// A change always needs the token: a cookie goes along with requests that another site makes.
    /// </summary>
    public const string ApiScheme = "Api";

    /// <summary>Who makes access tokens, and for whom.</summary>
    public const string Issuer = "ActivityLog";

    /// <summary>How long an access token may be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
}
