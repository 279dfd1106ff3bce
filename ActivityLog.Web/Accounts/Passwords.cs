namespace ActivityLog.Web.Accounts;

/// <summary>What a password must be: long. No rules of composition.</summary>
internal static class Passwords
{
    /// <summary>Fewest characters.</summary>
    public const int MinLength = 12;

    /// <summary>Most characters, so that hashing one stays cheap.</summary>
    public const int MaxLength = 256;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Check(string? text) => text switch
    {
        null or { Length: < MinLength } => $"A password has {MinLength} characters or more.",
        { Length: > MaxLength } => $"A password has at most {MaxLength} characters.",
        _ => null,
    };
}
