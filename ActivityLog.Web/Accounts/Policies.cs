namespace ActivityLog.Web.Accounts;

/// <summary>Names of the authorization policies.</summary>
public static class Policies
{
    /// <summary>A person signed in with the cookie: the pages.</summary>
    public const string Pages = "pages";

    /// <summary>An admin signed in with the cookie.</summary>
    public const string PagesAdmin = "pages-admin";

    /// <summary>A person with an access token; the cookie of the pages is enough to read (<see cref="AccessTokenDefaults.ApiScheme"/>).</summary>
    public const string Api = "api";

    /// <summary>An admin with an access token.</summary>
    public const string ApiAdmin = "api-admin";
}
