using Microsoft.AspNetCore.Identity;

namespace ActivityLog.Core.Accounts;

/// <summary>A person who signs in.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    /// <summary>The name shown; the local part of the e-mail address where none was given.</summary>
    public string? DisplayName { get; set; }
}
