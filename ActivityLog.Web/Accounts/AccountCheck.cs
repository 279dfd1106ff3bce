using System.Security.Claims;
using ActivityLog.Core.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Accounts;

/// <summary>Tells whether a person who was let in may still be there: for what goes on after that, such as a circuit or a stream.</summary>
internal sealed class AccountCheck(IServiceScopeFactory scopes, IOptions<IdentityOptions> options)
{
    /// <summary>Whether the account is there, has the roles it had, and, where it came with a cookie, the password.</summary>
    public async Task<bool> IsStillAsync(ClaimsPrincipal person)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var claims = options.Value.ClaimsIdentity;
        return await users.GetUserAsync(person) is { } user
            && (person.FindFirstValue(claims.SecurityStampClaimType) is not { } stamp
                ? person.Identity?.AuthenticationType == AccessTokenDefaults.Scheme
                : stamp == await users.GetSecurityStampAsync(user))
            && person.FindAll(claims.RoleClaimType).Select(static claim => claim.Value).ToHashSet(StringComparer.Ordinal).SetEquals(await users.GetRolesAsync(user));
    }
}
