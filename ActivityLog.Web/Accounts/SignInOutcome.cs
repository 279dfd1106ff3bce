namespace ActivityLog.Web.Accounts;

/// <summary>How a try to sign in ended.</summary>
internal enum SignInOutcome
{
    /// <summary>It is who they say.</summary>
    Succeeded,

    /// <summary>E-mail or password is wrong, or the account is locked: which of them isn't told, so that nobody learns which accounts exist.</summary>
    Refused,

    /// <summary>Too many wrong tries from this address.</summary>
    TooManyTries,
}
