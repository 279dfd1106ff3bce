namespace ActivityLog.Core.Accounts;

/// <summary>Names of the roles.</summary>
public static class Roles
{
    /// <summary>Makes Systems and tokens, invites people, sees everything.</summary>
    public const string Admin = "Admin";

    /// <summary>Sees the Systems granted to them.</summary>
    public const string Lead = "Lead";

    /// <summary>Sees their own usage.</summary>
    public const string Member = "Member";

    /// <summary>All roles.</summary>
    public static IReadOnlyList<string> All { get; } = [Admin, Lead, Member];
}
